package dev.kedge.models.train;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.kedge.tensors.TensorSource;
import dev.kedge.tensors.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A model with adapters merged in, W + (α/r)·B·A, computed as it is read and in the types of the
 * base. Needs no libtorch.
 */
final class AdaptedTensors implements TensorSource {
  private final TensorSource base;
  private final Map<String, Change> changes = new HashMap<>();

  /** What is read in place of a stored weight. */
  @FunctionalInterface
  private interface Change {
    /** Changes values of which the first has this place in the tensor. */
    void apply(float[] values, long first);
  }

  /**
   * Checks that the adapters fit.
   *
   * @throws IllegalArgumentException naming what the base lacks
   */
  AdaptedTensors(TensorSource base, LoraAdapter adapter) throws IOException {
    this.base = base;
    LoraConfig config = adapter.config();
    for (String module : config.modules()) {
      String name = module + LoraTargets.WEIGHT;
      changes.put(name, product(config, adapter.tensors(), name));
    }
    for (String module : config.saved()) {
      String name = module + LoraTargets.WEIGHT;
      float[] saved = adapter.tensors().floats(name);
      requireShape(name, adapter.tensors().spec(name).dimensions());
      changes.put(
          name, (values, first) -> System.arraycopy(saved, (int) first, values, 0, values.length));
    }
  }

  private Change product(LoraConfig config, TensorSource adapters, String name) throws IOException {
    int in = (int) adapters.spec(LowRank.a(name)).dimensions()[1];
    int out = (int) adapters.spec(LowRank.b(name)).dimensions()[0];
    float[] a = adapters.floats(LowRank.a(name));
    float[] b = adapters.floats(LowRank.b(name));
    requireShape(name, config.transposed() ? new long[] {in, out} : new long[] {out, in});
    int columns = config.transposed() ? out : in;
    return (values, first) -> {
      for (int i = 0; i < values.length; i++) {
        int row = (int) ((first + i) / columns);
        int column = (int) ((first + i) % columns);
        int to = config.transposed() ? column : row;
        int from = config.transposed() ? row : column;
        values[i] += (float) (config.alpha() / config.rank() * entry(a, b, to, from, in));
      }
    };
  }

  /** Of B·A. */
  private static double entry(float[] a, float[] b, int to, int from, int in) {
    int rank = a.length / in;
    double sum = 0;
    for (int k = 0; k < rank; k++) {
      sum += (double) b[to * rank + k] * a[k * in + from];
    }
    return sum;
  }

  private void requireShape(String name, long[] shape) {
    TensorSpec spec = base.specs().get(name);
    if (spec == null || !Arrays.equals(spec.dimensions(), shape)) {
      throw new IllegalArgumentException(
          "the adapter changes %s of shape %s, but the base has %s there: it is another model's"
              .formatted(name, Arrays.toString(shape), spec == null ? "nothing" : spec));
    }
  }

  @Override
  public Map<String, TensorSpec> specs() {
    return base.specs();
  }

  @Override
  public void read(String name, long from, ByteBuffer into) throws IOException {
    Change change = changes.get(name);
    if (change == null) {
      base.read(name, from, into);
      return;
    }
    TensorSpec spec = spec(name);
    ByteBuffer stored = ByteBuffer.allocate(into.remaining()).order(LITTLE_ENDIAN);
    base.read(name, from, stored);
    float[] values = new float[stored.capacity() / spec.dtype().bytes()];
    spec.dtype().decode(stored.flip(), values, values.length);
    change.apply(values, from / spec.dtype().bytes());
    spec.dtype().encode(values, values.length, into);
  }
}
