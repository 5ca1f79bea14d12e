package dev.kedge.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** An encoded picture in memory. */
sealed interface PictureFile permits JpegFile, PngFile, GifFile, WebpFile {

  /** How the camera was held, as the file says. */
  Orientation orientation();

  /** Decodes the stored pixels, as they lie in the file, once the header passes the limits. */
  Picture pixels(PictureLimits limits, Transparency transparency) throws IOException;

  static PictureFile of(PictureFormat format, byte[] file) {
    return switch (format) {
      case JPEG -> new JpegFile(file);
      case PNG -> new PngFile(file);
      case GIF -> new GifFile(file);
      case WEBP -> new WebpFile(file);
    };
  }

  /** Opens the JDK's reader on a file and checks its size; the caller disposes of it. */
  static ImageReader open(String format, byte[] file, PictureLimits limits) throws IOException {
    return open(ImageIO.getImageReadersByFormatName(format).next(), file, limits);
  }

  /** Sets a reader on a file and checks its size; the caller disposes of it. */
  static ImageReader open(ImageReader reader, byte[] file, PictureLimits limits)
      throws IOException {
    reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), true, true);
    limits.checkSize(reader.getWidth(0), reader.getHeight(0));
    return reader;
  }
}
