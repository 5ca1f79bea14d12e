package dev.kedge.report;

import java.util.List;
import java.util.function.Predicate;

/** Right or wrong, one bit for each sample of a suite. */
final class Outcomes implements Tally {
  private final long[] right;
  private final int samples;

  private Outcomes(long[] right, int samples) {
    this.right = right;
    this.samples = samples;
  }

  static <T> Outcomes of(List<T> predictions, Predicate<T> right) {
    long[] bits = new long[words(predictions.size())];
    for (int i = 0; i < predictions.size(); i++) {
      if (right.test(predictions.get(i))) {
        bits[i / Long.SIZE] |= 1L << i;
      }
    }
    return new Outcomes(bits, predictions.size());
  }

  static int words(int samples) {
    return (samples + Long.SIZE - 1) / Long.SIZE;
  }

  @Override
  public int samples() {
    return samples;
  }

  @Override
  public double value() {
    return (double) right() / samples;
  }

  @Override
  public double value(SampleDraw draw) {
    return draw.share(this);
  }

  @Override
  public Tally among(Outcomes kept) {
    long[] both = right.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] &= kept.right[i];
    }
    return new KeptOutcomes(new Outcomes(both, samples), kept);
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

  /** Whether a sample is right. */
  boolean isRight(int sample) {
    return (right[sample / Long.SIZE] & 1L << sample) != 0;
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
