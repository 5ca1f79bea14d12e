package dev.kedge.gateway.registry;

import dev.kedge.store.StoreException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks for many things at once, on some threads. */
final class ParallelRequests implements AutoCloseable {
  private static final int THREADS = 8;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /** The results in the order of the work; the first failure is thrown. */
  <T> List<T> all(List<Callable<T>> work) {
    List<Future<T>> started = work.stream().map(threads::submit).toList();
    return started.stream().map(ParallelRequests::result).toList();
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("interrupted while data was imported", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Gives up what is not finished. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
