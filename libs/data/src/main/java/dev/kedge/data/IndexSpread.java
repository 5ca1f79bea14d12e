package dev.kedge.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A few samples from all over an index, for whoever wants a look at the data: of an index of any
 * length, some short pieces are read.
 */
public final class IndexSpread {
  /** Of an index's piece: the rest of a line, and a whole one, unless they are very long. */
  private static final int PIECE = 64 << 10;

  private static final ObjectMapper JSON = new ObjectMapper();

  private IndexSpread() {}

  /** A piece of the index. */
  @FunctionalInterface
  public interface Pieces {
    /** Opens {@code length} bytes from {@code offset} on. */
    InputStream open(long offset, long length) throws IOException;
  }

  /**
   * Some places, in the index's order.
   *
   * @param bytes the index's size
   * @param most how many places at most; there are fewer where lines are very long, or few
   */
  public static List<IndexedSample> of(Pieces index, long bytes, int most) throws IOException {
    Map<List<Long>, IndexedSample> found = new LinkedHashMap<>();
    for (int i = 0; i < most; i++) {
      at(index, bytes, bytes * i / most)
          .ifPresent(one -> found.putIfAbsent(List.of((long) one.shard(), one.offset()), one));
    }
    return new ArrayList<>(found.values());
  }

  /** The first line that begins at a place or behind it. */
  private static Optional<IndexedSample> at(Pieces index, long bytes, long place)
      throws IOException {
    // One byte before it tells whether a line begins there.
    long from = Math.max(0, place - 1);
    String piece = read(index, from, Math.min(PIECE, bytes - from));
    int start = place == 0 ? 0 : piece.indexOf('\n') + 1;
    int end = piece.indexOf('\n', start);
    return (place > 0 && start == 0) || end < 0
        ? Optional.empty()
        : Optional.of(parse(piece.substring(start, end)));
  }

  private static String read(Pieces index, long from, long length) throws IOException {
    if (length <= 0) {
      return "";
    }
    try (InputStream in = index.open(from, length)) {
      return new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
    }
  }

  private static IndexedSample parse(String line) {
    try {
      return JSON.readValue(line, IndexedSample.class);
    } catch (JsonProcessingException e) {
      throw new UnusableDatasetException("no index of a prepared data set: " + e.getMessage(), e);
    }
  }
}
