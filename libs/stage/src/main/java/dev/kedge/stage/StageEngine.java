package dev.kedge.stage;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** What all stages of a process share: settings, slots, threads and what is measured. */
record StageEngine(
    StageSettings settings,
    ComputeSlots slots,
    ExecutorService threads,
    ScheduledExecutorService timer,
    StageMetrics metrics)
    implements AutoCloseable {

  static StageEngine of(StageSettings settings, StageMetrics metrics) {
    return new StageEngine(
        settings,
        new ComputeSlots(settings.slots()),
        Executors.newCachedThreadPool(task -> Background.daemon(task, "kedge-stage")),
        Executors.newSingleThreadScheduledExecutor(
            task -> Background.daemon(task, "kedge-stage-timer")),
        metrics);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    threads.shutdown();
  }
}
