package dev.kedge.report;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * How often each sample of a suite was drawn, as binary numbers written across words: bit i of
 * plane k is bit k of sample i's count. The draw's accuracy is then a few population counts. Sums
 * of other values read the plain counts beside them.
 */
final class SampleDraw {
  private final int samples;
  private final long[][] planes;
  private final int[] times;
  private int used;

  SampleDraw(int samples) {
    this.samples = samples;
    int highestCountBits = Integer.SIZE - Integer.numberOfLeadingZeros(samples);
    planes = new long[highestCountBits][Outcomes.words(samples)];
    times = new int[samples];
  }

  /**
   * Draws as many samples as there are, with replacement, forgetting the draw before.
   *
   * @param draw gives an index in [0, bound)
   */
  void redraw(IntUnaryOperator draw) {
    for (int k = 0; k < used; k++) {
      Arrays.fill(planes[k], 0);
    }
    used = 0;
    Arrays.fill(times, 0);
    for (int i = 0; i < samples; i++) {
      count(draw.applyAsInt(samples));
    }
  }

  /** Share of right samples in the draw. */
  double share(Outcomes outcomes) {
    long right = 0;
    for (int k = 0; k < used; k++) {
      right += (long) outcomes.rightAmong(planes[k]) << k;
    }
    return (double) right / samples;
  }

  /** Sum of the samples' values in the draw. */
  double sum(double[] values) {
    double sum = 0;
    for (int i = 0; i < samples; i++) {
      sum += times[i] * values[i];
    }
    return sum;
  }

  private void count(int sample) {
    times[sample]++;
    int word = sample / Long.SIZE;
    long carry = 1L << sample;
    int k = 0;
    while (carry != 0) {
      long before = planes[k][word];
      planes[k][word] = before ^ carry;
      carry &= before;
      k++;
    }
    used = Math.max(used, k);
  }
}
