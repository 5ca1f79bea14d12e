package dev.kedge.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Decoded samples of a PNG, GIF or WebP to RGB, sample by sample as Pillow does: a palette is
 * looked up, 16-bit colour keeps its high byte and 16-bit gray is clipped at 255. Colour management
 * is left out on purpose: Java's would bend gray values. Beside the samples and the RGB there is
 * never more than one row.
 */
final class PixelColour {
  private final ColorModel model;
  private final int bands;
  private final int excessBits;
  private final boolean onWhite;

  private PixelColour(BufferedImage image, Transparency transparency) {
    Raster raster = image.getRaster();
    this.model = image.getColorModel();
    this.bands = raster.getNumBands();
    this.excessBits = raster.getSampleModel().getSampleSize(0) - 8;
    this.onWhite = transparency == Transparency.ON_WHITE && model.hasAlpha();
  }

  static Picture toRgb(BufferedImage image, Transparency transparency) {
    Raster raster = image.getRaster();
    int width = raster.getWidth();
    int height = raster.getHeight();
    PixelColour colour = new PixelColour(image, transparency);
    byte[] rgb = new byte[3 * width * height];
    int[] row = null;
    for (int y = 0; y < height; y++) {
      row = raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      colour.row(row, rgb, 3 * width * y);
    }
    return new Picture(width, height, rgb);
  }

  /** Converts interleaved samples. */
  private void row(int[] samples, byte[] rgb, int start) {
    int to = start;
    for (int from = 0; from < samples.length; from += bands) {
      int alpha = onWhite ? alpha(samples, from) : 255;
      if (model instanceof IndexColorModel palette) {
        int index = samples[from];
        put(rgb, to, palette.getRed(index), palette.getGreen(index), palette.getBlue(index), alpha);
      } else if (bands >= 3) {
        put(rgb, to, high(samples[from]), high(samples[from + 1]), high(samples[from + 2]), alpha);
      } else {
        int gray = gray(samples[from]);
        put(rgb, to, gray, gray, gray, alpha);
      }
      to += 3;
    }
  }

  private int high(int sample) {
    return sample >> excessBits;
  }

  /** Pillow has no 16-bit gray with alpha: it keeps the high byte there, as for colour. */
  private int gray(int sample) {
    return bands == 2 ? high(sample) : Math.min(255, sample);
  }

  private int alpha(int[] samples, int pixel) {
    return model instanceof IndexColorModel palette
        ? palette.getAlpha(samples[pixel])
        : high(samples[pixel + bands - 1]);
  }

  private static void put(byte[] rgb, int to, int red, int green, int blue, int alpha) {
    rgb[to] = onWhite(red, alpha);
    rgb[to + 1] = onWhite(green, alpha);
    rgb[to + 2] = onWhite(blue, alpha);
  }

  /** Rounded division by 255 with Pillow's 7 guard bits, which decide some ties. */
  private static byte onWhite(int level, int alpha) {
    if (alpha == 255) {
      return (byte) level;
    }
    int sum = ((level & 0xFF) * alpha + 255 * (255 - alpha) + 128) << 7;
    return (byte) ((((sum >> 8) + sum) >> 8) >> 7);
  }
}
