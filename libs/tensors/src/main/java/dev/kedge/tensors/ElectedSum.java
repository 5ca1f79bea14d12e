package dev.kedge.tensors;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The sum of the weighted vectors' elements whose sign is that of the sum of all: where they
 * disagree, the heavier side wins. A sum of 0 counts as positive; a 0 agrees with nobody.
 *
 * @param normalise whether it is divided by the weights of those that agree
 */
record ElectedSum(List<Mixture> vectors, List<Double> weights, boolean normalise) implements Step {
  /** Weights that cancel each other out are not divided by. */
  private static final float NO_WEIGHT = 1e-8f;

  @Override
  public void compute(Evaluation at, float[] into) throws IOException {
    float[] total = total(at);
    float[] divisor = at.zeros();
    Arrays.fill(into, 0, at.count(), 0);
    for (int v = 0; v < vectors.size(); v++) {
      float weight = weights.get(v).floatValue();
      float[] values = at.values(vectors.get(v));
      for (int i = 0; i < at.count(); i++) {
        float weighted = weight * values[i];
        boolean agrees = total[i] >= 0 ? weighted > 0 : weighted < 0;
        into[i] += agrees ? weighted : 0;
        divisor[i] += agrees ? weight : 0;
      }
    }
    if (normalise) {
      divide(into, divisor, at.count());
    }
  }

  private float[] total(Evaluation at) throws IOException {
    float[] total = at.zeros();
    for (int v = 0; v < vectors.size(); v++) {
      float weight = weights.get(v).floatValue();
      float[] values = at.values(vectors.get(v));
      for (int i = 0; i < at.count(); i++) {
        total[i] += weight * values[i];
      }
    }
    return total;
  }

  private static void divide(float[] sum, float[] divisor, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] /= Math.abs(divisor[i]) < NO_WEIGHT ? 1 : divisor[i];
    }
  }
}
