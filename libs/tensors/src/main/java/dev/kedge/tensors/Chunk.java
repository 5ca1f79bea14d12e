package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A run of a tensor's elements, small enough to pass through memory at once.
 *
 * @param first index of the first element
 * @param count number of elements, at most {@link #LIMIT}
 */
record Chunk(long first, int count) {
  static final int LIMIT = 1 << 16;

  /** Bytes of the largest chunk of the widest type. */
  static final int MOST_BYTES = LIMIT * Long.BYTES;

  /** The chunks of a run of elements, in order. */
  static List<Chunk> of(long first, long elements) {
    return LongStream.iterate(0, done -> done < elements, done -> done + LIMIT)
        .mapToObj(done -> new Chunk(first + done, (int) Math.min(LIMIT, elements - done)))
        .toList();
  }

  static List<Chunk> of(TensorSpec spec) {
    return of(0, spec.elements());
  }

  /** Reads this run into {@code bytes}, which is cleared before and flipped after. */
  ByteBuffer read(TensorSource source, TensorSpec spec, ByteBuffer bytes) throws IOException {
    int width = spec.dtype().bytes();
    source.read(spec.name(), first * width, bytes.clear().limit(count * width));
    return bytes.flip();
  }

  /** A buffer large enough for any chunk of the tensor. */
  static ByteBuffer buffer(TensorSpec spec) {
    return ByteBuffer.allocate((int) Math.min(spec.elements(), LIMIT) * spec.dtype().bytes());
  }
}
