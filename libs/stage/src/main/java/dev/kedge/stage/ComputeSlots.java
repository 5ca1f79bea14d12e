package dev.kedge.stage;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many stages compute at once in this process; who comes first computes first. */
final class ComputeSlots {
  private static final long STOP_CHECK_MILLIS = 100;

  private final int total;
  private final Semaphore free;

  ComputeSlots(int total) {
    this.total = total;
    this.free = new Semaphore(total, true);
  }

  /**
   * Computes in a slot; waits for it as long as it takes.
   *
   * @param onWait told once, where no slot is free
   * @throws StageStopped where the stage is stopped while it waits
   */
  <T> T compute(StopSignal stop, Runnable onWait, Callable<T> work) throws Exception {
    take(stop, onWait);
    try {
      return work.call();
    } finally {
      free.release();
    }
  }

  private void take(StopSignal stop, Runnable onWait) throws InterruptedException {
    if (!free.tryAcquire(0, TimeUnit.MILLISECONDS)) {
      onWait.run();
      while (!free.tryAcquire(STOP_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
        stop.check();
      }
    }
  }

  int total() {
    return total;
  }

  int taken() {
    return total - free.availablePermits();
  }
}
