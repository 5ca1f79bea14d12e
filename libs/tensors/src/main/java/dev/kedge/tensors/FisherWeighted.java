package dev.kedge.tensors;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The elementwise mean Σ wᵢ·Fᵢ·θᵢ / Σ wᵢ·Fᵢ, with every Fᵢ at least {@code floor}. */
record FisherWeighted(List<Part> parts, double floor) implements Step {
  /** A model, its Fisher diagonal, and its weight. */
  record Part(Mixture model, Mixture fisher, double weight) {}

  @Override
  public void compute(Evaluation at, float[] into) throws IOException {
    float[] divisor = at.zeros();
    Arrays.fill(into, 0, at.count(), 0);
    for (Part part : parts) {
      add(part, at, into, divisor);
    }
    for (int i = 0; i < at.count(); i++) {
      into[i] /= divisor[i];
    }
  }

  private void add(Part part, Evaluation at, float[] sum, float[] divisor) throws IOException {
    float[] model = at.values(part.model);
    float[] fisher = at.fisher(part.fisher);
    float weight = (float) part.weight;
    float least = (float) floor;
    for (int i = 0; i < at.count(); i++) {
      float share = weight * Math.max(fisher[i], least);
      sum[i] += share * model[i];
      divisor[i] += share;
    }
  }
}
