package dev.kedge.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * Decoded samples of a PNG, GIF or WebP to RGB, sample by sample as Pillow does: a palette is
 * looked up, 16-bit colour keeps its high byte and 16-bit gray is clipped at 255. Colour management
 * is left out on purpose: Java's would bend gray values.
 */
final class PixelColour {
  private PixelColour() {}

  static Picture toRgb(BufferedImage image, Transparency transparency) {
    Raster raster = image.getRaster();
    byte[] rgb = new byte[3 * raster.getWidth() * raster.getHeight()];
    if (image.getColorModel() instanceof IndexColorModel palette) {
      lookUp(raster, palette, rgb);
    } else if (raster.getNumBands() >= 3) {
      colour(raster, rgb);
    } else {
      gray(raster, rgb);
    }
    if (transparency == Transparency.ON_WHITE && image.getColorModel().hasAlpha()) {
      layOnWhite(rgb, alpha(image));
    }
    return new Picture(raster.getWidth(), raster.getHeight(), rgb);
  }

  private static void lookUp(Raster raster, IndexColorModel palette, byte[] rgb) {
    int[] indices = band(raster, 0);
    for (int i = 0; i < indices.length; i++) {
      int index = indices[i];
      put(rgb, i, palette.getRed(index), palette.getGreen(index), palette.getBlue(index));
    }
  }

  private static void colour(Raster raster, byte[] rgb) {
    int shift = raster.getSampleModel().getSampleSize(0) - 8;
    int[] red = band(raster, 0);
    int[] green = band(raster, 1);
    int[] blue = band(raster, 2);
    for (int i = 0; i < red.length; i++) {
      put(rgb, i, red[i] >> shift, green[i] >> shift, blue[i] >> shift);
    }
  }

  private static void gray(Raster raster, byte[] rgb) {
    boolean hasAlpha = raster.getNumBands() == 2;
    int excessBits = raster.getSampleModel().getSampleSize(0) - 8;
    int[] samples = band(raster, 0);
    for (int i = 0; i < samples.length; i++) {
      // Pillow has no 16-bit gray with alpha: it keeps the high byte there, as for colour.
      int gray = hasAlpha ? samples[i] >> excessBits : Math.min(255, samples[i]);
      put(rgb, i, gray, gray, gray);
    }
  }

  private static int[] alpha(BufferedImage image) {
    Raster raster = image.getRaster();
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return Arrays.stream(band(raster, 0)).map(palette::getAlpha).toArray();
    }
    int excessBits = raster.getSampleModel().getSampleSize(0) - 8;
    int[] alpha = band(raster, raster.getNumBands() - 1);
    return Arrays.stream(alpha).map(a -> a >> excessBits).toArray();
  }

  private static void layOnWhite(byte[] rgb, int[] alpha) {
    for (int i = 0; i < rgb.length; i++) {
      int opacity = alpha[i / 3];
      // Rounded division by 255 with Pillow's 7 guard bits, which decide some ties.
      int sum = ((rgb[i] & 0xFF) * opacity + 255 * (255 - opacity) + 128) << 7;
      rgb[i] = (byte) ((((sum >> 8) + sum) >> 8) >> 7);
    }
  }

  private static int[] band(Raster raster, int band) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    return raster.getSamples(raster.getMinX(), raster.getMinY(), width, height, band, (int[]) null);
  }

  private static void put(byte[] rgb, int pixel, int red, int green, int blue) {
    rgb[3 * pixel] = (byte) red;
    rgb[3 * pixel + 1] = (byte) green;
    rgb[3 * pixel + 2] = (byte) blue;
  }
}
