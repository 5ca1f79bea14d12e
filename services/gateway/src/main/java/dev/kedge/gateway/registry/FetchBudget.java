package dev.kedge.gateway.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What the files of one import may take from the web in all: bytes and time. Safe for threads. */
final class FetchBudget {
  private final long bytes;
  private final Duration time;
  private final long begin = System.nanoTime();
  private final AtomicLong taken = new AtomicLong();

  FetchBudget(long bytes, Duration time) {
    this.bytes = bytes;
    this.time = time;
  }

  /** Whether so many bytes more are within it; they then belong to it. */
  boolean take(long more) {
    return taken.addAndGet(more) <= bytes;
  }

  /** Fails once the time is over. */
  void requireTime() throws IOException {
    if (System.nanoTime() - begin > time.toNanos()) {
      throw new IOException(
          "the files of this import take longer than %,d seconds in all: name fewer, or let the operator raise kedge.gateway.longest-fetch"
              .formatted(time.toSeconds()));
    }
  }
}
