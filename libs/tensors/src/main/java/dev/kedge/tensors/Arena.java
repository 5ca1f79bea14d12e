package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The memory that one chunk is computed in, used again for the next. Not for several threads. */
final class Arena {
  private final List<float[]> arrays = new ArrayList<>();
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(Chunk.MOST_BYTES);
  private int taken;

  /** Room for a chunk's values; what it holds is undefined. */
  float[] floats() {
    if (taken == arrays.size()) {
      arrays.add(new float[Chunk.LIMIT]);
    }
    return arrays.get(taken++);
  }

  /** Room for a chunk's values, the first {@code count} of them 0. */
  float[] zeros(int count) {
    float[] zeros = floats();
    Arrays.fill(zeros, 0, count, 0);
    return zeros;
  }

  /** Room for one chunk's bytes, until the next call. */
  ByteBuffer bytes() {
    return bytes.clear();
  }

  private void reset() {
    taken = 0;
  }

  /** Arenas that wait for work. */
  static final class Pool {
    private final Deque<Arena> idle = new ConcurrentLinkedDeque<>();

    /** Something computed in an arena. */
    interface Use<T> {
      T in(Arena arena) throws IOException;
    }

    <T> T use(Use<T> use) throws IOException {
      Arena idling = idle.poll();
      Arena arena = idling == null ? new Arena() : idling;
      try {
        arena.reset();
        return use.in(arena);
      } finally {
        idle.push(arena);
      }
    }
  }
}
