package dev.kedge.tensors;

import java.io.IOException;

/** Finds the k-th largest magnitude exactly, in two passes and without keeping the values. */
final class Threshold {
  private Threshold() {}

  /** Counts magnitudes as {@link Measure.Histogram} does. */
  interface Counts {
    double[] under(int upper) throws IOException;
  }

  /** The {@code k}-th largest of the counted magnitudes, k from 1. */
  static float of(Counts counts, long k) throws IOException {
    Place upper = Place.of(counts.under(-1), k);
    Place lower = Place.of(counts.under(upper.bin), k - upper.above);
    return Float.intBitsToFloat(upper.bin << 16 | lower.bin);
  }

  /** How many elements a share of {@code elements} is, at least one. */
  static long kept(long elements, double density) {
    return Math.max(1, (long) Math.floor(density * elements));
  }

  /** The bin that holds the k-th largest, and how many lie above it. */
  private record Place(int bin, long above) {
    static Place of(double[] counts, long k) {
      long above = 0;
      for (int bin = counts.length - 1; bin > 0; bin--) {
        if (above + counts[bin] >= k) {
          return new Place(bin, above);
        }
        above += (long) counts[bin];
      }
      return new Place(0, above);
    }
  }
}
