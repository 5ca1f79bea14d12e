package dev.kedge.data;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;

/** A JPEG. Its components are read raw: the JDK would convert colours by embedded profiles. */
final class JpegFile implements PictureFile {
  private final byte[] file;
  private final JpegHeader header;

  JpegFile(byte[] file) {
    this.file = file;
    this.header = JpegHeader.of(file);
  }

  @Override
  public Orientation orientation() {
    return header.orientation();
  }

  @Override
  public Picture pixels(PictureLimits limits, Transparency transparency) throws IOException {
    ImageReader reader = PictureFile.open("jpeg", file, limits);
    try {
      limits.checkHeap(reader, file.length, besideRgb());
      reader.addIIOReadWarningListener((source, warning) -> refuseTruncated(warning));
      return toRgb(reader.readRaster(0, null));
    } finally {
      reader.dispose();
    }
  }

  /** Its components, or the RGB of a picture that is being turned. */
  private int besideRgb() {
    return switch (header.encoding()) {
      case GRAY, RGB, YCC -> 3;
      case CMYK, YCCK -> 4;
    };
  }

  /** The JDK paints what is missing gray and merely warns. */
  private static void refuseTruncated(String warning) {
    if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
      throw new BrokenPictureException("truncated JPEG: " + warning);
    }
  }

  private Picture toRgb(Raster raster) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] rgb = new byte[3 * width * height];
    byte[] row = null;
    for (int y = 0; y < height; y++) {
      row = (byte[]) raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      JpegColour.toRgb(header.encoding(), row, rgb, 3 * width * y);
    }
    return new Picture(width, height, rgb);
  }
}
