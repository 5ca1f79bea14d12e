package dev.kedge.report;

import java.util.Arrays;

/** A value with its 95% interval. */
public record Interval(double value, double low, double high) {
  private static final double Z = 1.959963984540054;

  /** Wilson's score interval of a share, without continuity correction. */
  public static Interval wilson(int right, int samples) {
    double n = samples;
    double share = right / n;
    double scale = 1 / (1 + Z * Z / n);
    double centre = (share + Z * Z / (2 * n)) * scale;
    double reach = Z * scale * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
    return new Interval(share, Math.max(0, centre - reach), Math.min(1, centre + reach));
  }

  /** A value between the 2.5% and 97.5% points of its resamples (linear interpolation). */
  public static Interval percentile(double value, double[] resamples) {
    double[] sorted = resamples.clone();
    Arrays.sort(sorted);
    return new Interval(value, quantile(sorted, 0.025), quantile(sorted, 0.975));
  }

  private static double quantile(double[] sorted, double q) {
    double position = q * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
