package dev.kedge.tensors;

import java.io.IOException;

/** A random share of a task vector's elements; the others are 0. */
record Dropped(Mixture vector, double density, long key) implements Step {
  @Override
  public void compute(Evaluation at, float[] into) throws IOException {
    float[] values = at.values(vector);
    for (int i = 0; i < at.count(); i++) {
      into[i] = RandomStream.uniform(key, at.first() + i) < density ? values[i] : 0;
    }
  }
}
