package dev.kedge.data;

import java.util.List;

/**
 * One of several shares of a source that are prepared apart, each by a job of its own.
 *
 * @param index from 0
 * @param count how many shares there are
 */
public record Share(int index, int count) {
  /** All of it. */
  public static final Share WHOLE = new Share(0, 1);

  private static final int SHARDS_OF_A_JOB = 16;
  private static final int MOST = 64;

  public Share {
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "share %d of %d: shares count from 0, and the last is one less than their number"
              .formatted(index, count));
    }
  }

  /**
   * How many shares a source is worth: one for sixteen shards, at most 64 and as many as it can be
   * cut into.
   *
   * @param shards how many shards it makes, about
   * @param pieces into how many pieces it can be cut
   */
  public static int worth(long shards, long pieces) {
    return (int) Math.max(1, Math.min(shards / SHARDS_OF_A_JOB, Math.min(pieces, MOST)));
  }

  /** The run of a list that falls to it. */
  <T> List<T> of(List<T> all) {
    return all.subList(end(all.size(), index), end(all.size(), index + 1));
  }

  /** Where it begins, of so many bytes in all. */
  public long first(long bytes) {
    return begin(bytes, index);
  }

  /** Where it ends. */
  public long end(long bytes) {
    return begin(bytes, index + 1);
  }

  private long begin(long bytes, int shares) {
    return shares == count ? bytes : (long) (bytes * ((double) shares / count));
  }

  private int end(int size, int shares) {
    return (int) ((long) size * shares / count);
  }
}
