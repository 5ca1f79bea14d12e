package dev.kedge.tensors;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Named tensors that can be read: a file, a sharded folder, memory, or a recipe over other sources.
 * Values are little endian, in row-major order. Reading is safe from several threads.
 */
public interface TensorSource {
  /** The tensors in order of their names, unmodifiable. */
  Map<String, TensorSpec> specs();

  /**
   * Fills {@code into} from its position to its limit with the tensor's raw bytes, starting at byte
   * {@code from} of the tensor; both are whole elements. This is how tensors of any size are read
   * in bounded memory.
   *
   * @throws IllegalArgumentException if there is no such tensor, or it has fewer bytes
   * @throws UnusableTensorsException if what is stored cannot be used
   */
  void read(String name, long from, ByteBuffer into) throws IOException;

  /** What the tensor of that name is; {@link IllegalArgumentException} if there is none. */
  default TensorSpec spec(String name) {
    TensorSpec spec = specs().get(name);
    if (spec == null) {
      throw new IllegalArgumentException("no tensor '" + name + "' among " + specs().size());
    }
    return spec;
  }

  /** All bytes of a tensor of at most 2 GiB, as a little-endian buffer that is ready to be read. */
  default ByteBuffer bytes(String name) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(length(name, spec(name).bytes()));
    read(name, 0, buffer);
    return buffer.flip().order(LITTLE_ENDIAN);
  }

  /**
   * All values of a floating-point tensor, widened to float (F64: rounded to the nearest).
   *
   * @throws IllegalArgumentException if the tensor is not floating or has more than 2^31-1 elements
   */
  default float[] floats(String name) throws IOException {
    TensorSpec spec = spec(name);
    float[] values = new float[length(name, spec.elements())];
    float[] part = new float[Math.min(values.length, Chunk.LIMIT)];
    ByteBuffer bytes = Chunk.buffer(spec);
    for (Chunk chunk : Chunk.of(spec)) {
      spec.dtype().decode(chunk.read(this, spec, bytes), part, chunk.count());
      System.arraycopy(part, 0, values, (int) chunk.first(), chunk.count());
    }
    return values;
  }

  /** A view of those tensors whose names are wanted. */
  default TensorSource only(Predicate<String> wanted) {
    return new SelectedTensors(this, wanted);
  }

  private static int length(String name, long size) {
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "tensor '" + name + "' is too large for one buffer (" + size + "); read it in parts");
    }
    return (int) size;
  }
}
