package dev.kedge.tensors;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Work on many items by several threads, whose results are taken one after the other, in the items'
 * order: what comes out does not depend on the number of threads, and only a few results wait.
 */
final class OrderedWork implements Closeable {
  /** Results that may wait for the one that is due, for each thread. */
  private static final int AHEAD = 2;

  private final int threads;

  /** All threads but the caller's; null if there are no others. */
  private final ExecutorService others;

  /**
   * Starts threads.
   *
   * @param threads that work, the caller's among them
   */
  OrderedWork(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; give at least 1");
    }
    this.threads = threads;
    this.others =
        threads == 1 ? null : Executors.newFixedThreadPool(threads - 1, OrderedWork::daemon);
  }

  /** Gives the items one after the other, in the caller's thread. */
  interface Feed<I> {
    /** The next item; null after the last. */
    I next() throws IOException;

    /** The items of a list. */
    static <I> Feed<I> of(List<I> items) {
      Iterator<I> rest = items.iterator();
      return () -> rest.hasNext() ? rest.next() : null;
    }
  }

  /** The work on one item, by any thread. */
  interface Work<I, T> {
    T on(I item) throws IOException;
  }

  /** Takes results, in the caller's thread. */
  interface Taker<T> {
    void take(T result) throws IOException;
  }

  /** Does the work on all items. */
  <I, T> void run(Feed<I> feed, Work<I, T> work, Taker<T> taker) throws IOException {
    if (others == null) {
      for (I item = feed.next(); item != null; item = feed.next()) {
        taker.take(work.on(item));
      }
    } else {
      ahead(feed, work, taker);
    }
  }

  private <I, T> void ahead(Feed<I> feed, Work<I, T> work, Taker<T> taker) throws IOException {
    Deque<FutureTask<T>> due = new ArrayDeque<>();
    try {
      for (I item = feed.next(); item != null; item = feed.next()) {
        I next = item;
        FutureTask<T> task = new FutureTask<>(() -> work.on(next));
        due.add(task);
        others.execute(task);
        if (due.size() > AHEAD * threads) {
          taker.take(result(due));
        }
      }
      while (!due.isEmpty()) {
        taker.take(result(due));
      }
    } finally {
      due.forEach(task -> task.cancel(false));
    }
  }

  /**
   * The result that is due. Until it is there, the caller's thread does what no other has begun.
   */
  private static <T> T result(Deque<FutureTask<T>> due) throws IOException {
    Iterator<FutureTask<T>> tasks = due.iterator();
    while (!due.element().isDone() && tasks.hasNext()) {
      tasks.next().run();
    }
    return result(due.remove());
  }

  /** Waits for work that was begun: when this returns, nothing is read any more. */
  @Override
  public void close() {
    if (others == null) {
      return;
    }
    others.shutdown();
    boolean interrupted = false;
    while (!others.isTerminated()) {
      try {
        others.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> T result(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while tensors were computed");
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    }
  }

  /** The failure as it was, so that it is told and handled as without threads. */
  private static IOException thrown(Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (IOException) cause;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "recipe");
    thread.setDaemon(true);
    return thread;
  }
}
