package dev.kedge.data;

import java.util.List;
import java.util.stream.LongStream;

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
  public static int worth(long shards, int pieces) {
    return (int) Math.max(1, Math.min(shards / SHARDS_OF_A_JOB, Math.min(pieces, MOST)));
  }

  /** The run of a list that falls to it. */
  <T> List<T> of(List<T> all) {
    return all.subList(end(all.size(), index), end(all.size(), index + 1));
  }

  /** Position of the first of its things, where each counts by its size; all shares are runs. */
  public int first(long[] sizes) {
    return begin(sizes, index);
  }

  /** Position after the last of its things, where each counts by its size. */
  public int end(long[] sizes) {
    return begin(sizes, index + 1);
  }

  /** The first thing that begins at so many shares of the sum, or later. */
  private int begin(long[] sizes, int shares) {
    if (shares == count) {
      return sizes.length;
    }
    double before = LongStream.of(sizes).sum() * ((double) shares / count);
    int position = 0;
    long sum = 0;
    while (position < sizes.length && sum < before) {
      sum += sizes[position++];
    }
    return position;
  }

  private int end(int size, int shares) {
    return (int) ((long) size * shares / count);
  }
}
