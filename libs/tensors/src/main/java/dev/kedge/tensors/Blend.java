package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arithmetic on one tensor: holds one chunk of it from every checkpoint, and gives any mixture
 * of them. Not for several threads.
 */
final class Blend {
  private final TensorSpec spec;
  private final Map<String, LoadedChunk> parts = new TreeMap<>();
  private final float[] sum;
  private Chunk chunk = new Chunk(0, 0);

  Blend(CheckpointSet checkpoints, TensorSpec spec, int elements) {
    this.spec = spec;
    this.sum = new float[elements];
    checkpoints
        .sources()
        .forEach(
            (name, source) ->
                parts.put(name, new LoadedChunk(source, source.spec(spec.name()), elements)));
  }

  /** Reads the next chunk of every checkpoint. */
  void load(Chunk next) throws IOException {
    chunk = next;
    for (LoadedChunk part : parts.values()) {
      part.load(next);
    }
  }

  /** Appends the mixture of the loaded chunk to {@code out}, in the result's type. */
  void mix(Mixture mixture, ByteBuffer out) throws NonFiniteTensorException {
    LoadedChunk first = parts.get(mixture.weights().firstKey());
    if (!spec.dtype().floating()) {
      out.put(first.bytes());
      return;
    }
    float[] result = mixture.isCopy() ? first.values() : weightedSum(mixture);
    new FiniteCheck(spec, chunk).check(result, mixture.canonical());
    if (mixture.isCopy() && first.dtype() == spec.dtype()) {
      out.put(first.bytes());
    } else {
      spec.dtype().encode(result, chunk.count(), out);
    }
  }

  private float[] weightedSum(Mixture mixture) {
    boolean first = true;
    for (Map.Entry<String, Double> weight : mixture.weights().entrySet()) {
      float[] values = parts.get(weight.getKey()).values();
      float factor = weight.getValue().floatValue();
      if (first) {
        multiply(factor, values, chunk.count());
      } else {
        multiplyAndAdd(factor, values, chunk.count());
      }
      first = false;
    }
    return sum;
  }

  private void multiply(float factor, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] = factor * values[i];
    }
  }

  private void multiplyAndAdd(float factor, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += factor * values[i];
    }
  }
}
