package dev.kedge.data;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a picture looks like in 64 bits: the signs, against their median, of the lowest 8 x 8
 * frequencies of its cosine transform at 32 x 32 grey pixels (pHash; Zauner, "Implementation and
 * benchmarking of perceptual image hash functions", 2010). Copies that were resized, recompressed
 * or slightly recoloured differ by a few bits; it is a hint, to be confirmed by pixels.
 *
 * @param bits row by row of the frequencies, the highest bit first
 */
public record PerceptualHash(long bits) {
  private static final int SIDE = 32;
  private static final int LOWEST = 8;

  /** Below this a frequency is rounding noise: pictures of one colour have no others. */
  private static final double NOISE = 1e-6;

  private static final double[][] COSINES = cosines();

  /** Of a picture of any size, at least one pixel. */
  public static PerceptualHash of(Picture picture) {
    double[] frequencies = frequencies(grey(PillowResize.bicubic(picture, SIDE, SIDE)));
    double[] sorted = Arrays.copyOfRange(frequencies, 1, frequencies.length);
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    long bits = 0;
    for (double frequency : frequencies) {
      bits = bits << 1 | (frequency > median + NOISE ? 1 : 0);
    }
    return new PerceptualHash(bits);
  }

  /** Reads what {@link #toString} writes. */
  public static PerceptualHash parse(String hexadecimal) {
    return new PerceptualHash(HexFormat.fromHexDigitsToLong(hexadecimal));
  }

  /** In how many of the 64 bits two pictures differ. */
  public int distance(PerceptualHash other) {
    return Long.bitCount(bits ^ other.bits);
  }

  /** 16 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(bits);
  }

  private static double[] grey(Picture picture) {
    double[] grey = new double[SIDE * SIDE];
    byte[] rgb = picture.rgb();
    for (int i = 0; i < grey.length; i++) {
      grey[i] = ColourJitter.grey(rgb[3 * i] & 0xFF, rgb[3 * i + 1] & 0xFF, rgb[3 * i + 2] & 0xFF);
    }
    return grey;
  }

  private static double[] frequencies(double[] grey) {
    double[] frequencies = new double[LOWEST * LOWEST];
    for (int row = 0; row < LOWEST; row++) {
      double[] down = down(grey, COSINES[row]);
      for (int column = 0; column < LOWEST; column++) {
        frequencies[row * LOWEST + column] = dot(down, COSINES[column]);
      }
    }
    return frequencies;
  }

  private static double[] down(double[] grey, double[] wave) {
    double[] sums = new double[SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        sums[x] += grey[y * SIDE + x] * wave[y];
      }
    }
    return sums;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[][] cosines() {
    double[][] cosines = new double[LOWEST][SIDE];
    for (int wave = 0; wave < LOWEST; wave++) {
      for (int i = 0; i < SIDE; i++) {
        cosines[wave][i] = StrictMath.cos(Math.PI * wave * (2 * i + 1) / (2.0 * SIDE));
      }
    }
    return cosines;
  }
}
