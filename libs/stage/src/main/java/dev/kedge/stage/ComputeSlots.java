package dev.kedge.stage;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How many stages compute at once in this process; who comes first computes first. */
final class ComputeSlots {
  private static final long STOP_CHECK_MILLIS = 100;

  private final int total;
  private final Queue<CountDownLatch> waiting = new ArrayDeque<>();
  private int taken;

  ComputeSlots(int total) {
    this.total = total;
  }

  /**
   * Computes in a slot; waits for it as long as it takes.
   *
   * @param onWait told once, where no slot is free
   * @throws StageStopped where the stage is stopped while it waits
   */
  <T> T compute(StopSignal stop, Runnable onWait, Callable<T> work) throws Exception {
    CountDownLatch turn = queue();
    try {
      if (turn.getCount() > 0) {
        onWait.run();
      }
      while (!turn.await(STOP_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
        stop.check();
      }
      return work.call();
    } finally {
      leave(turn);
    }
  }

  private synchronized CountDownLatch queue() {
    CountDownLatch turn = new CountDownLatch(1);
    waiting.add(turn);
    serve();
    return turn;
  }

  /** Out of the queue, or out of the slot where it had come to its turn. */
  private synchronized void leave(CountDownLatch turn) {
    if (!waiting.remove(turn)) {
      taken--;
      serve();
    }
  }

  private void serve() {
    while (taken < total && !waiting.isEmpty()) {
      taken++;
      waiting.remove().countDown();
    }
  }

  int total() {
    return total;
  }

  synchronized int taken() {
    return taken;
  }
}
