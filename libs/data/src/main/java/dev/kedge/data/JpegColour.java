package dev.kedge.data;

/**
 * Stored JPEG components to RGB in integers: libjpeg's YCbCr tables (16 fraction bits) and Pillow's
 * CMYK rule, which takes four-component files as inverted, as Adobe writes them.
 */
final class JpegColour {
  private static final int FRACTION_BITS = 16;
  private static final int HALF = 1 << (FRACTION_BITS - 1);
  private static final int RED_OF_CR = fixed(1.40200);
  private static final int GREEN_OF_CR = fixed(0.71414);
  private static final int GREEN_OF_CB = fixed(0.34414);
  private static final int BLUE_OF_CB = fixed(1.77200);

  private JpegColour() {}

  private static int fixed(double factor) {
    return (int) (factor * (1 << FRACTION_BITS) + 0.5);
  }

  /** Converts a row of interleaved components into RGB, which it writes from a place on. */
  static void toRgb(JpegHeader.ColourEncoding encoding, byte[] row, byte[] rgb, int start) {
    switch (encoding) {
      case GRAY -> gray(row, rgb, start);
      case RGB -> System.arraycopy(row, 0, rgb, start, row.length);
      case YCC -> {
        for (int at = 0; at < row.length; at += 3) {
          ycc(row, at, rgb, start + at);
        }
      }
      case CMYK -> cmyk(row, rgb, start);
      case YCCK -> ycck(row, rgb, start);
    }
  }

  private static void gray(byte[] row, byte[] rgb, int start) {
    for (int from = 0, to = start; from < row.length; from++, to += 3) {
      rgb[to] = rgb[to + 1] = rgb[to + 2] = row[from];
    }
  }

  private static void cmyk(byte[] row, byte[] rgb, int start) {
    for (int from = 0, to = start; from < row.length; from += 4, to += 3) {
      for (int ink = 0; ink < 3; ink++) {
        rgb[to + ink] = light(row[from + ink] & 0xFF, row[from + 3] & 0xFF);
      }
    }
  }

  private static void ycck(byte[] row, byte[] rgb, int start) {
    for (int from = 0, to = start; from < row.length; from += 4, to += 3) {
      ycc(row, from, rgb, to);
      for (int ink = to; ink < to + 3; ink++) {
        rgb[ink] = light(255 - (rgb[ink] & 0xFF), row[from + 3] & 0xFF);
      }
    }
  }

  private static void ycc(byte[] from, int at, byte[] rgb, int to) {
    int y = from[at] & 0xFF;
    int cb = (from[at + 1] & 0xFF) - 128;
    int cr = (from[at + 2] & 0xFF) - 128;
    rgb[to] = clip(y + ((RED_OF_CR * cr + HALF) >> FRACTION_BITS));
    rgb[to + 1] = clip(y + ((-GREEN_OF_CB * cb - GREEN_OF_CR * cr + HALF) >> FRACTION_BITS));
    rgb[to + 2] = clip(y + ((BLUE_OF_CB * cb + HALF) >> FRACTION_BITS));
  }

  /** Inks stored inverted: 255 means no ink, so a channel is ink's paper times key's paper. */
  private static byte light(int ink, int key) {
    return (byte) (key - timesOver255(255 - ink, key));
  }

  /** {@code round(a * b / 255)} for bytes, without dividing. */
  private static int timesOver255(int a, int b) {
    int product = a * b + 128;
    return ((product >> 8) + product) >> 8;
  }

  private static byte clip(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
