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

  /** Converts one row of interleaved components, 0 to 255 each, into RGB bytes. */
  static void toRgb(JpegHeader.ColourEncoding encoding, int[] row, byte[] rgb, int offset) {
    int components = components(encoding);
    for (int from = 0, to = offset; from < row.length; from += components, to += 3) {
      switch (encoding) {
        case GRAY -> put(rgb, to, row[from], row[from], row[from]);
        case RGB -> put(rgb, to, row[from], row[from + 1], row[from + 2]);
        case YCC -> ycc(row, from, rgb, to);
        case CMYK -> cmyk(row[from], row[from + 1], row[from + 2], row[from + 3], rgb, to);
        case YCCK -> {
          ycc(row, from, rgb, to);
          int c = 255 - Byte.toUnsignedInt(rgb[to]);
          int m = 255 - Byte.toUnsignedInt(rgb[to + 1]);
          int y = 255 - Byte.toUnsignedInt(rgb[to + 2]);
          cmyk(c, m, y, row[from + 3], rgb, to);
        }
      }
    }
  }

  private static int components(JpegHeader.ColourEncoding encoding) {
    return switch (encoding) {
      case GRAY -> 1;
      case RGB, YCC -> 3;
      case CMYK, YCCK -> 4;
    };
  }

  private static void ycc(int[] row, int from, byte[] rgb, int to) {
    int y = row[from];
    int cb = row[from + 1] - 128;
    int cr = row[from + 2] - 128;
    int red = y + ((RED_OF_CR * cr + HALF) >> FRACTION_BITS);
    int green = y + ((-GREEN_OF_CB * cb - GREEN_OF_CR * cr + HALF) >> FRACTION_BITS);
    int blue = y + ((BLUE_OF_CB * cb + HALF) >> FRACTION_BITS);
    put(rgb, to, clip(red), clip(green), clip(blue));
  }

  /** Inks stored inverted: 255 means no ink, so each channel is ink's paper times key's paper. */
  private static void cmyk(int c, int m, int y, int k, byte[] rgb, int to) {
    put(
        rgb,
        to,
        k - timesOver255(255 - c, k),
        k - timesOver255(255 - m, k),
        k - timesOver255(255 - y, k));
  }

  /** {@code round(a * b / 255)} for bytes, without dividing. */
  private static int timesOver255(int a, int b) {
    int product = a * b + 128;
    return ((product >> 8) + product) >> 8;
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }

  private static void put(byte[] rgb, int to, int red, int green, int blue) {
    rgb[to] = (byte) red;
    rgb[to + 1] = (byte) green;
    rgb[to + 2] = (byte) blue;
  }
}
