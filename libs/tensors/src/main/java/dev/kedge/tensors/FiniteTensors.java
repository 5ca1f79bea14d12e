package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Tensors without NaN and infinities, read once from end to end in bounded memory. */
public final class FiniteTensors {
  private FiniteTensors() {}

  /**
   * Looks through all floating-point tensors.
   *
   * @throws NonFiniteTensorException naming the first tensor and element that is not finite
   */
  public static void require(TensorSource source) throws IOException {
    for (TensorSpec spec : source.specs().values()) {
      if (spec.dtype().floating()) {
        require(source, spec);
      }
    }
  }

  private static void require(TensorSource source, TensorSpec spec) throws IOException {
    ByteBuffer bytes = Chunk.buffer(spec);
    float[] values = new float[bytes.capacity() / spec.dtype().bytes()];
    for (Chunk chunk : Chunk.of(spec)) {
      spec.dtype().decode(chunk.read(source, spec, bytes), values, chunk.count());
      for (int i = 0; i < chunk.count(); i++) {
        if (!Float.isFinite(values[i])) {
          throw new NonFiniteTensorException(spec, chunk.first() + i, values[i]);
        }
      }
    }
  }
}
