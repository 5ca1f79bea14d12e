package dev.kedge.tensors;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Tensors held in memory, ready to be written or combined. */
public final class MemoryTensors implements TensorSource {
  private final Map<String, TensorSpec> specs = new TreeMap<>();
  private final Map<String, ByteBuffer> values = new TreeMap<>();

  /**
   * Adds a tensor whose bytes lie between the buffer's position and its limit; they are not copied.
   *
   * @throws IllegalArgumentException if the size is not that of the spec, or the name is taken
   */
  public MemoryTensors put(TensorSpec spec, ByteBuffer bytes) {
    if (bytes.remaining() != spec.bytes()) {
      throw new IllegalArgumentException(
          "tensor '%s' needs %d bytes, got %d"
              .formatted(spec.name(), spec.bytes(), bytes.remaining()));
    }
    if (specs.putIfAbsent(spec.name(), spec) != null) {
      throw new IllegalArgumentException("tensor '" + spec.name() + "' is there already");
    }
    values.put(spec.name(), bytes.slice());
    return this;
  }

  /** Adds an F32 tensor; the values are copied. */
  public MemoryTensors put(String name, float[] floats, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(floats.length, Float.BYTES));
    DType.F32.encode(floats, floats.length, bytes);
    return put(TensorSpec.of(name, DType.F32, shape), bytes.flip());
  }

  @Override
  public Map<String, TensorSpec> specs() {
    return Collections.unmodifiableMap(specs);
  }

  @Override
  public void read(String name, long from, ByteBuffer into) {
    ByteBuffer all = bytes(name);
    if (from < 0 || from + into.remaining() > all.limit()) {
      throw new IllegalArgumentException(
          "tensor '%s' has no bytes %d to %d".formatted(name, from, from + into.remaining()));
    }
    into.put(all.slice((int) from, into.remaining()));
  }

  @Override
  public ByteBuffer bytes(String name) {
    return values.get(spec(name).name()).asReadOnlyBuffer().order(LITTLE_ENDIAN);
  }
}
