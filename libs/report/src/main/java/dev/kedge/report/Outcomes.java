package dev.kedge.report;

import java.util.List;

/** Right or wrong, one bit for each sample of a suite. */
final class Outcomes {
  private final long[] right;
  private final int samples;

  private Outcomes(long[] right, int samples) {
    this.right = right;
    this.samples = samples;
  }

  static Outcomes of(List<Prediction> predictions) {
    long[] bits = new long[words(predictions.size())];
    for (int i = 0; i < predictions.size(); i++) {
      if (predictions.get(i).right()) {
        bits[i / Long.SIZE] |= 1L << i;
      }
    }
    return new Outcomes(bits, predictions.size());
  }

  static int words(int samples) {
    return (samples + Long.SIZE - 1) / Long.SIZE;
  }

  int samples() {
    return samples;
  }

  /** How many are right. */
  int right() {
    return rightAmong(null);
  }

  /** How many are right among the samples whose bit is set in the mask; null for all. */
  int rightAmong(long[] mask) {
    int count = 0;
    for (int i = 0; i < right.length; i++) {
      count += Long.bitCount(mask == null ? right[i] : right[i] & mask[i]);
    }
    return count;
  }

  /** How many are right here and wrong there. */
  int rightUnlike(Outcomes other) {
    int count = 0;
    for (int i = 0; i < right.length; i++) {
      count += Long.bitCount(right[i] & ~other.right[i]);
    }
    return count;
  }
}
