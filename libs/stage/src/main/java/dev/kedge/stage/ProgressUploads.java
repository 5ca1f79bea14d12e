package dev.kedge.stage;

import dev.kedge.store.Blob;
import dev.kedge.store.Progress;
import dev.kedge.store.ProgressStore;
import dev.kedge.store.StoreException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Snapshots on their way to the store, one at a time. Where uploads fall behind, only the newest
 * waiting one is kept.
 */
final class ProgressUploads {
  private record Snapshot(Path folder, long step, SavedState state) {}

  private final ProgressStore store;
  private final long epoch;
  private final Executor executor;
  private final StopSignal stop;
  private final Consumer<String> warn;
  private final AtomicReference<Snapshot> waiting = new AtomicReference<>();
  private CompletableFuture<Void> uploads = CompletableFuture.completedFuture(null);
  private long steps;

  ProgressUploads(
      ProgressStore store, long epoch, Executor executor, StopSignal stop, Consumer<String> warn) {
    this.store = store;
    this.epoch = epoch;
    this.executor = executor;
    this.stop = stop;
    this.warn = warn;
  }

  /** Takes the folder over: it is deleted after its upload, or when a newer one overtakes it. */
  synchronized void offer(Path folder, SavedState state) {
    Snapshot overtaken = waiting.getAndSet(new Snapshot(folder, steps++, state));
    if (overtaken != null) {
      Folders.delete(overtaken.folder());
    }
    uploads = uploads.thenRunAsync(this::uploadWaiting, executor);
  }

  /** Waits until nothing is on its way any more. */
  void await() {
    CompletableFuture<Void> last;
    synchronized (this) {
      last = uploads;
    }
    last.join();
  }

  private void uploadWaiting() {
    Snapshot snapshot = waiting.getAndSet(null);
    if (snapshot == null) {
      return;
    }
    try {
      upload(snapshot);
    } catch (StoreException | UncheckedIOException failure) {
      warn.accept("progress was not saved, the next may be: " + failure.getMessage());
    } finally {
      Folders.delete(snapshot.folder());
    }
  }

  private void upload(Snapshot snapshot) {
    var blobs = new TreeMap<String, Blob>();
    Folders.files(snapshot.folder())
        .forEach((name, file) -> blobs.put(name, store.blobs().put(file)));
    if (!stop.raisedFor(StageStopped.Why.LEASE_LOST)) {
      store.save(new Progress(epoch, snapshot.step(), snapshot.state().json(), blobs));
    }
  }
}
