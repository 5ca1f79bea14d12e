package dev.kedge.stage;

import dev.kedge.store.StoreException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Waits for a store that is out of reach or full, so that work is not lost to it.
 *
 * @param warn takes a line for people: only they can make room
 */
record Patience(Duration limit, StopSignal stop, Consumer<String> warn) {
  private static final Duration PAUSE = Duration.ofMillis(500);

  /**
   * Tries until the store answers.
   *
   * @throws StoreException.Unavailable if it does not within the limit
   * @throws StageStopped if the stage is stopped between two tries
   */
  <T> T with(Supplier<T> action) {
    long start = System.nanoTime();
    boolean told = false;
    while (true) {
      try {
        return action.get();
      } catch (StoreException.Unavailable outOfReach) {
        if (System.nanoTime() - start >= limit.toNanos()) {
          throw outOfReach;
        }
        if (outOfReach instanceof StoreException.Full && !told) {
          warn.accept("waits for room: " + outOfReach.getMessage());
          told = true;
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
