package dev.kedge.data;

/**
 * One tar of a prepared data set.
 *
 * @param name its file, for example {@code 000000.tar}
 * @param bytes its size
 * @param samples how many it holds
 */
public record Shard(String name, long bytes, int samples) {
  /** 64 MiB: as large as shards usually are. */
  public static final long USUAL_BYTES = 64L << 20;

  /**
   * Checks how large shards are to be.
   *
   * @throws IllegalArgumentException if that is no byte, or more than 2 GiB
   */
  public static void requireSize(long bytes) {
    if (bytes < 1 || bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shards must be from 1 byte to 2 GiB, got %d bytes".formatted(bytes));
    }
  }
}
