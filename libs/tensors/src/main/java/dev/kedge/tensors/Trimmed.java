package dev.kedge.tensors;

import java.io.IOException;

/** A task vector's elements that are at least as large as a threshold; the others are 0. */
record Trimmed(Mixture vector, float threshold) implements Step {
  @Override
  public void compute(Evaluation at, float[] into) throws IOException {
    float[] values = at.values(vector);
    for (int i = 0; i < at.count(); i++) {
      into[i] = Math.abs(values[i]) >= threshold ? values[i] : 0;
    }
  }
}
