package dev.kedge.data;

import java.util.Arrays;

/**
 * Fixed-point weights of one axis of Pillow's bicubic resampling: a = -0.5, support widened by the
 * shrinking factor (antialiasing), weights normalised and rounded to 22 fraction bits.
 */
final class BicubicKernel {
  static final int FRACTION_BITS = 22;
  private static final double SUPPORT = 2.0;
  private static final double A = -0.5;

  private final int[] starts;
  private final int[][] weights;

  private BicubicKernel(int[] starts, int[][] weights) {
    this.starts = starts;
    this.weights = weights;
  }

  /** Turns {@code from} samples into {@code to}, of which {@code length} from {@code first} on. */
  static BicubicKernel of(int from, int to, int first, int length) {
    double scale = (double) from / to;
    double widening = Math.max(1.0, scale);
    double support = SUPPORT * widening;
    int[] starts = new int[length];
    int[][] weights = new int[length][];
    for (int i = 0; i < length; i++) {
      double centre = (first + i + 0.5) * scale;
      int start = Math.max(0, (int) (centre - support + 0.5));
      int end = Math.min(from, (int) (centre + support + 0.5));
      starts[i] = start;
      weights[i] = fixed(weights(start, end, centre, 1.0 / widening));
    }
    return new BicubicKernel(starts, weights);
  }

  private static double[] weights(int start, int end, double centre, double narrowing) {
    double[] weights = new double[end - start];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = cubic((i + start - centre + 0.5) * narrowing);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** Keys' cubic convolution: "Cubic convolution interpolation", 1981. */
  private static double cubic(double offset) {
    double x = Math.abs(offset);
    if (x < 1.0) {
      return ((A + 2.0) * x - (A + 3.0)) * x * x + 1;
    }
    return x < 2.0 ? (((x - 5) * x + 8) * x - 4) * A : 0.0;
  }

  private static int[] fixed(double[] weights) {
    int[] fixed = new int[weights.length];
    for (int i = 0; i < fixed.length; i++) {
      double scaled = weights[i] * (1 << FRACTION_BITS);
      fixed[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
    return fixed;
  }

  /** How many samples it makes. */
  int length() {
    return starts.length;
  }

  /** The first source sample that is read at all. */
  int firstRead() {
    return starts[0];
  }

  /** How many source samples it reads from there. */
  int readLength() {
    int last = starts.length - 1;
    return starts[last] + weights[last].length - starts[0];
  }

  /** The same kernel for a source that begins with {@link #firstRead}. */
  BicubicKernel rebased() {
    int[] rebased = Arrays.stream(starts).map(start -> start - starts[0]).toArray();
    return new BicubicKernel(rebased, weights);
  }

  /** First source sample of a target sample. */
  int start(int target) {
    return starts[target];
  }

  /** Weights of the source samples from {@link #start} on. */
  int[] weights(int target) {
    return weights[target];
  }
}
