package dev.kedge.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReader;

/** A PNG. */
final class PngFile implements PictureFile {
  private static final int SIGNATURE_BYTES = 8;
  private static final int DEPTH = 24;
  private static final int COLOUR_TYPE = 25;
  private static final int EXIF_CHUNK = 0x65584966;

  private final byte[] file;

  PngFile(byte[] file) {
    this.file = file;
  }

  /** Walks the chunks; each is length, type, body, checksum. */
  @Override
  public Orientation orientation() {
    ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
    while (in.remaining() >= 12) {
      int length = in.getInt();
      int type = in.getInt();
      if (length < 0 || length > in.remaining() - 4) {
        break;
      }
      if (type == EXIF_CHUNK) {
        return Orientation.ofExif(in.slice(in.position(), length));
      }
      in.position(in.position() + length + 4);
    }
    return Orientation.UPRIGHT;
  }

  @Override
  public Picture pixels(PictureLimits limits, Transparency transparency) throws IOException {
    ImageReader reader = PictureFile.open("png", file, limits, besideRgb());
    try {
      return PixelColour.toRgb(reader.read(0), transparency);
    } finally {
      reader.dispose();
    }
  }

  /** Its samples, or the RGB of a picture that is being turned. */
  private int besideRgb() {
    int samples =
        switch (file[COLOUR_TYPE]) {
          case 4 -> 2;
          case 2 -> 3;
          case 6 -> 4;
          default -> 1;
        };
    return Math.max(3, file[DEPTH] == 16 ? 2 * samples : samples);
  }
}
