package dev.kedge.stage;

import dev.kedge.store.StoreException;
import java.time.Duration;
import java.util.function.Supplier;

/** Waits for a store that is out of reach, so that work is not lost to an outage. */
record Patience(Duration limit, StopSignal stop) {
  private static final Duration PAUSE = Duration.ofMillis(500);

  /**
   * Tries until the store answers.
   *
   * @throws StoreException.Unavailable if it does not within the limit
   * @throws StageStopped if the stage is stopped between two tries
   */
  <T> T with(Supplier<T> action) {
    long start = System.nanoTime();
    while (true) {
      try {
        return action.get();
      } catch (StoreException.Unavailable outOfReach) {
        if (System.nanoTime() - start >= limit.toNanos()) {
          throw outOfReach;
        }
        pause();
      }
    }
  }

  private void pause() {
    stop.check();
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StageStopped(StageStopped.Why.SHUTDOWN);
    }
  }
}
