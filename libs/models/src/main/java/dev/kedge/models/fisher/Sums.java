package dev.kedge.models.fisher;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

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
   * Writes one file.
   *
   * @param counts whole numbers by name, which {@link #restore} gives back
   */
  void write(Path file, Map<String, Long> counts) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    counts.forEach((name, count) -> texts.put(name, count.toString()));
    SafetensorsWriter.write(file, tensors.snapshot(), texts);
  }

  /** Reads what was written over the sums; gives the counts. */
  Map<String, Long> restore(Path file) throws IOException {
    try (SafetensorsFile kept = SafetensorsFile.open(file)) {
      tensors.restore(kept);
      Map<String, Long> counts = new TreeMap<>();
      kept.metadata().forEach((name, count) -> counts.put(name, Long.parseLong(count)));
      return counts;
    }
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
