package dev.kedge.data;

import java.util.stream.LongStream;

/** Counts what comes again, by 64 bits of its digest: eight bytes for each. */
public final class Repetitions {
  private final LongStream.Builder seen = LongStream.builder();
  private int all;

  /** Takes the next one's digest, or as many of its bits. */
  public void see(long digest) {
    seen.add(digest);
    all++;
  }

  /** How many were there before; to be asked once, after all of them. */
  public int count() {
    return all - Math.toIntExact(seen.build().distinct().count());
  }
}
