package dev.kedge.tensors;

import java.io.IOException;
import java.util.List;

/** A sum over a tensor's elements, made chunk by chunk: numbers that are added up. */
sealed interface Measure {
  /** What one chunk contributes. */
  double[] of(Evaluation chunk) throws IOException;

  /** Σ|x|. */
  record Magnitude(Mixture vector) implements Measure {
    @Override
    public double[] of(Evaluation chunk) throws IOException {
      float[] values = chunk.values(vector);
      double sum = 0;
      for (int i = 0; i < chunk.count(); i++) {
        sum += Math.abs(values[i]);
      }
      return new double[] {sum};
    }
  }

  /** All products Σ xᵢ·xⱼ, row by row. */
  record Products(List<Mixture> vectors) implements Measure {
    @Override
    public double[] of(Evaluation chunk) throws IOException {
      int n = vectors.size();
      double[] products = new double[n * n];
      for (int row = 0; row < n; row++) {
        for (int column = 0; column <= row; column++) {
          float[] x = chunk.values(vectors.get(row));
          products[row * n + column] = dot(x, chunk.values(vectors.get(column)), chunk.count());
          products[column * n + row] = products[row * n + column];
        }
      }
      return products;
    }

    private static double dot(float[] x, float[] y, int count) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += (double) x[i] * y[i];
      }
      return sum;
    }
  }

  /**
   * How many elements have which magnitude: counts by 16 bits of |x| as a float, whose bits are
   * ordered as the values are.
   *
   * @param upper the upper bits of those that are counted by their lower bits; negative to count
   *     all by their upper bits
   */
  record Histogram(Mixture vector, int upper) implements Measure {
    static final int SIZE = 1 << 16;

    @Override
    public double[] of(Evaluation chunk) throws IOException {
      float[] values = chunk.values(vector);
      double[] counts = new double[SIZE];
      for (int i = 0; i < chunk.count(); i++) {
        int bits = Float.floatToRawIntBits(Math.abs(values[i]));
        if (upper < 0) {
          counts[bits >>> 16]++;
        } else if (bits >>> 16 == upper) {
          counts[bits & 0xFFFF]++;
        }
      }
      return counts;
    }
  }
}
