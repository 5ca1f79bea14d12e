package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A chunk of one checkpoint's tensor, as it is stored and, where it is floating, as floats. */
final class LoadedChunk {
  private final TensorSource source;
  private final TensorSpec spec;
  private final ByteBuffer bytes;
  private final float[] values;

  LoadedChunk(TensorSource source, TensorSpec spec, int elements) {
    this.source = source;
    this.spec = spec;
    this.bytes = ByteBuffer.allocate(elements * spec.dtype().bytes());
    this.values = new float[spec.dtype().floating() ? elements : 0];
  }

  void load(Chunk chunk) throws IOException {
    chunk.read(source, spec, bytes);
    if (spec.dtype().floating()) {
      spec.dtype().decode(bytes.duplicate(), values, chunk.count());
    }
  }

  DType dtype() {
    return spec.dtype();
  }

  ByteBuffer bytes() {
    return bytes.duplicate();
  }

  float[] values() {
    return values;
  }
}
