package dev.kedge.data;

import java.io.IOException;
import java.util.Objects;

/**
 * Bytes of a JPEG, PNG, WebP or GIF file to RGB, pixel for pixel as Pillow and transformers see
 * them: 16-bit gray is clipped at 255, embedded colour profiles are ignored. Models were trained on
 * such pixels and lose accuracy on others.
 *
 * @param limits refuses bombs from the header, before anything is decoded
 * @param transparency what becomes of alpha and of a palette's transparent entries
 * @param applyOrientation turns the picture by its EXIF orientation, as {@code load_image} of
 *     transformers does for files; the bare processor does not
 */
public record PictureDecoder(
    PictureLimits limits, Transparency transparency, boolean applyOrientation) {

  public PictureDecoder {
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(transparency, "transparency");
  }

  /** The decoder for files from people: default limits, laid on white, orientation applied. */
  public PictureDecoder() {
    this(PictureLimits.DEFAULT, Transparency.ON_WHITE, true);
  }

  /** This decoder where it is asked before each picture whether this process's heap has room. */
  PictureDecoder inThisHeap() {
    return new PictureDecoder(limits.inThisHeap(), transparency, applyOrientation);
  }

  /**
   * Decodes one file. Safe for use by many threads.
   *
   * @throws BrokenPictureException with the reason, if this is not a whole file of these formats
   *     within the limits
   * @throws HeapTooSmallException if it is within them, and the heap of the limits too small
   */
  public Picture decode(byte[] file) {
    limits.checkBytes(file.length);
    PictureFormat format = PictureFormat.of(file);
    try {
      PictureFile picture = PictureFile.of(format, file);
      Picture stored = picture.pixels(limits, transparency);
      return applyOrientation ? picture.orientation().upright(stored) : stored;
    } catch (BrokenPictureException | HeapTooSmallException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The JDK's readers answer damaged files with every kind of unchecked exception.
      throw new BrokenPictureException(
          "broken %s: %s".formatted(format, Objects.toString(e.getMessage(), "damaged")), e);
    }
  }
}
