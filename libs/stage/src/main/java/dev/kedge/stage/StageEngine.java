package dev.kedge.stage;

import dev.kedge.tracing.Traces;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** What all stages of a process share: settings, slots, threads, what is measured and traced. */
record StageEngine(
    StageSettings settings,
    ComputeSlots slots,
    ExecutorService threads,
    ScheduledExecutorService timer,
    StageMetrics metrics,
    Traces traces)
    implements AutoCloseable {

  static StageEngine of(StageSettings settings, StageMetrics metrics, Traces traces) {
    return new StageEngine(
        settings,
        new ComputeSlots(settings.slots()),
        Executors.newCachedThreadPool(task -> Background.daemon(task, "kedge-stage")),
        Executors.newSingleThreadScheduledExecutor(
            task -> Background.daemon(task, "kedge-stage-timer")),
        metrics,
        traces);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    threads.shutdown();
  }
}
