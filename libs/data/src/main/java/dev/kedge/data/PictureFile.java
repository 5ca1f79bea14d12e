package dev.kedge.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** An encoded picture in memory, known by its first bytes. */
sealed interface PictureFile permits JpegFile, PngFile {

  /** The format's name. */
  String format();

  /** How the camera was held, as the file says. */
  Orientation orientation();

  /** Decodes the stored pixels, as they lie in the file, once the header passes the limits. */
  Picture pixels(PictureLimits limits, Transparency transparency) throws IOException;

  static PictureFile of(byte[] file) {
    if (startsWith(file, 0xFF, 0xD8, 0xFF)) {
      return new JpegFile(file);
    }
    if (startsWith(file, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return new PngFile(file);
    }
    throw new BrokenPictureException(
        file.length == 0 ? "an empty file" : "neither a JPEG nor a PNG file");
  }

  private static boolean startsWith(byte[] file, int... magic) {
    if (file.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (Byte.toUnsignedInt(file[i]) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Opens the JDK's reader on a file and checks its size; the caller disposes of it. */
  static ImageReader open(String format, byte[] file, PictureLimits limits) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), true, true);
    limits.checkSize(reader.getWidth(0), reader.getHeight(0));
    return reader;
  }
}
