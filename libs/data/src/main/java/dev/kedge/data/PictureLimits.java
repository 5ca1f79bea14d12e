package dev.kedge.data;

import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * What a picture may cost before it is decoded; checked against its header.
 *
 * @param maxBytes largest encoded size
 * @param maxPixels largest width times height
 * @param heap size of the Java heap in bytes, of which decoding may take a half. What does not fit
 *     is a failure and never a reason to leave a picture out: the same data is the same data
 *     whatever the machine
 */
public record PictureLimits(long maxBytes, long maxPixels, long heap) {
  /** 64 MiB, and 89 million pixels: where Pillow starts to warn of a decompression bomb. */
  public static final PictureLimits DEFAULT = new PictureLimits(64L << 20, 89_478_485);

  /** What is decoded is held as RGB, of three bytes. */
  private static final int RGB_BYTES = 3;

  private static final long MIB = 1L << 20;

  /** Whatever the heap. */
  public PictureLimits(long maxBytes, long maxPixels) {
    this(maxBytes, maxPixels, Long.MAX_VALUE);
  }

  public PictureLimits {
    if (maxBytes < 1 || maxPixels < 1) {
      throw new IllegalArgumentException(
          "picture limits must be positive, got %d bytes and %d pixels"
              .formatted(maxBytes, maxPixels));
    }
  }

  /** The same limits where the heap is this process's. */
  PictureLimits inThisHeap() {
    return new PictureLimits(maxBytes, maxPixels, Runtime.getRuntime().maxMemory());
  }

  void checkBytes(long bytes) {
    if (bytes > maxBytes) {
      throw new BrokenPictureException(
          "%,d bytes; the limit for one picture is %,d".formatted(bytes, maxBytes));
    }
  }

  void checkSize(long width, long height) {
    if (width * height > maxPixels) {
      throw new BrokenPictureException(
          "%d x %d pixels; the limit for one picture is %,d".formatted(width, height, maxPixels));
    }
  }

  /**
   * Asks whether there is room to decode a picture.
   *
   * @param file bytes of the encoded picture, which is held twice
   * @param besideRgb bytes of a pixel that are held beside the RGB
   * @throws HeapTooSmallException if there is not; the message says how much it takes
   */
  void checkHeap(ImageReader picture, long file, int besideRgb) throws IOException {
    checkHeap(picture.getWidth(0), picture.getHeight(0), file, besideRgb);
  }

  /** As above, of a picture of a size. */
  void checkHeap(long width, long height, long file, int besideRgb) {
    long needed = width * height * (RGB_BYTES + besideRgb) + 2 * file;
    if (needed > heap / 2) {
      // A little more than twice as much: some collectors tell less than -Xmx.
      throw new HeapTooSmallException(
          "%d x %d pixels, which take %,d MiB of the Java heap to decode: a half of it may be used, and it has %,d MiB. Start this service with -Xmx%dm or more, then retry the stage"
              .formatted(width, height, ceil(needed), heap / MIB, ceil(needed * 21 / 10)));
    }
  }

  private static long ceil(long bytes) {
    return (bytes + MIB - 1) / MIB;
  }
}
