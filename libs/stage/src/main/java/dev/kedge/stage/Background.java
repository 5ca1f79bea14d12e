package dev.kedge.stage;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One task, again and again on a thread of its own until it is stopped. */
final class Background {
  private final ScheduledExecutorService thread;

  private final Future<?> runs;

  private Background(ScheduledExecutorService thread, Future<?> runs) {
    this.thread = thread;
    this.runs = runs;
  }

  /** Runs the task every {@code pause}, the pause counted from its end. */
  static Background every(Duration pause, String name, Runnable task) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(runnable -> daemon(runnable, name));
    Future<?> runs =
        thread.scheduleWithFixedDelay(
            task, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    return new Background(thread, runs);
  }

  /** It has the log fields of who starts it. */
  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** No further run begins; one under way is not disturbed. */
  void stop() {
    runs.cancel(false);
    thread.shutdown();
  }
}
