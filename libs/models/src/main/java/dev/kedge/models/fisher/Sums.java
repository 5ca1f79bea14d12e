package dev.kedge.models.fisher;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.MemoryTensors;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sums over samples, one tensor for each weight.
 *
 * @param tensors added to in place
 */
record Sums(Weights tensors) {
  /** Zeros of the shapes of some weights. */
  static Sums zeros(Scope scope, Weights weights, Collection<String> names) {
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    for (String name : names) {
      long[] shape = weights.get(name).shape();
      float[] values = new float[Math.toIntExact(Tensor.count(shape))];
      zeros.put(name, Tensor.of(scope, values, shape));
    }
    return new Sums(new Weights(zeros));
  }

  /**
   * The mean over samples, by weight.
   *
   * @throws IllegalStateException if there was no sample
   */
  MemoryTensors mean(int samples) {
    if (samples == 0) {
      throw new IllegalStateException("a Fisher information needs at least one sample");
    }
    MemoryTensors mean = new MemoryTensors();
    for (String name : tensors.names()) {
      Tensor sum = tensors.get(name);
      float[] values = sum.floats();
      for (int i = 0; i < values.length; i++) {
        values[i] /= samples;
      }
      mean.put(name, values, sum.shape());
    }
    return mean;
  }
}
