package dev.kedge.bench;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.kedge.tensors.DType;
import dev.kedge.tensors.TensorSource;
import dev.kedge.tensors.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A model of any size that is nowhere: every tensor is drawn when it is read. */
final class RandomModel implements TensorSource {
  private static final int ROWS = 4096;
  private static final int COLUMNS = 4096;

  private final Map<String, TensorSpec> specs = new TreeMap<>();
  private final long seed;

  /**
   * @param bytes what its weights take, to within the size of a layer
   */
  RandomModel(long bytes, long seed) {
    this.seed = seed;
    long layer = (long) ROWS * COLUMNS * Float.BYTES;
    for (int i = 0; i * layer < bytes; i++) {
      long rows = Math.min(ROWS, (bytes - i * layer) / COLUMNS / Float.BYTES + 1);
      add("model.layers.%03d.weight".formatted(i), rows, COLUMNS);
      add("model.layers.%03d.norm".formatted(i), 1, COLUMNS);
    }
  }

  private void add(String name, long rows, long columns) {
    specs.put(name, new TensorSpec(name, DType.F32, List.of(rows, columns)));
  }

  @Override
  public Map<String, TensorSpec> specs() {
    return specs;
  }

  @Override
  public void read(String name, long from, ByteBuffer into) {
    ByteBuffer values = into.slice().order(LITTLE_ENDIAN);
    SplittableRandom random = new SplittableRandom(seed + 31L * name.hashCode() + from);
    while (values.hasRemaining()) {
      values.putFloat(random.nextInt() * 1e-10f);
    }
    into.position(into.limit());
  }
}
