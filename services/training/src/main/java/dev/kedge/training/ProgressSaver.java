package dev.kedge.training;

import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Saves snapshots while training goes on: the copy is taken by the training thread, writing and
 * handing over happen beside it. One snapshot is written at a time.
 */
final class ProgressSaver implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofMinutes(1);

  private final StageContext context;
  private final long intervalNanos;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "training-snapshots"));
  private Future<?> writing;
  private long last = System.nanoTime();
  private int count;

  ProgressSaver(StageContext context, Duration interval) {
    this.context = context;
    this.intervalNanos = interval.toNanos();
  }

  /** Saves when the interval is over and the snapshot before is written. */
  void saveWhenDue(Supplier<Progress> snapshot) {
    boolean due = System.nanoTime() - last >= intervalNanos;
    if (due && (writing == null || writing.isDone())) {
      save(snapshot);
    }
  }

  /** Saves now, after what is being written: two snapshots at once may be more than the heap. */
  void save(Supplier<Progress> taking) {
    await();
    Progress snapshot = taking.get();
    last = System.nanoTime();
    Path folder = context.scratch().resolve("progress-" + count++);
    writing =
        writer.submit(
            () -> {
              snapshot.write(folder);
              context.saveProgress(folder);
              return null;
            });
  }

  /** Waits for the snapshot that is being written. */
  void await() {
    try {
      if (writing != null) {
        writing.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StageException.resources(
          "SNAPSHOT_FAILED", "interrupted while a snapshot was written", e);
    } catch (ExecutionException e) {
      throw StageException.resources(
          "SNAPSHOT_FAILED", "a snapshot could not be saved: " + e.getCause().getMessage(), e);
    }
  }

  /** Waits for the writer, since what it writes lies in a folder that is deleted after this. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      writer.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
