package dev.kedge.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Counts what comes again, by 64 bits of its digest: eight bytes for each, and sixteen at last. */
public final class Repetitions {
  private final LongStream.Builder seen = LongStream.builder();

  /** Takes the next one's digest, or as many of its bits. */
  public void see(long digest) {
    seen.add(digest);
  }

  /** How many were there before; to be asked once, after all of them. */
  public int count() {
    long[] sorted = seen.build().toArray();
    Arrays.sort(sorted);
    return (int) IntStream.range(1, sorted.length).filter(i -> sorted[i] == sorted[i - 1]).count();
  }
}
