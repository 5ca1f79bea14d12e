package dev.kedge.stage;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Who wants a stage. A requester that withdraws counts no more at once; one whose last call broke
 * off still counts for a grace period, in which it may call again, and for as long as the stage is
 * asked for at another process.
 */
final class Requesters {
  private static final class Calls {
    final Set<Subscription> open = new HashSet<>();
    int arrivals;
    long goneNanos;
  }

  private final Map<String, Calls> wanting = new HashMap<>();
  private final Duration grace;
  private final ScheduledExecutorService timer;
  private final Executor threads;
  private final BooleanSupplier wantedElsewhere;
  private final StopSignal stop;
  private final Consumer<String> tell;

  /**
   * Raises the signal once nobody is left.
   *
   * @param wantedElsewhere may take its time; asked on one of the threads
   * @param tell takes a line for those who follow the stage
   */
  Requesters(
      Duration grace,
      ScheduledExecutorService timer,
      Executor threads,
      BooleanSupplier wantedElsewhere,
      StopSignal stop,
      Consumer<String> tell) {
    this.grace = grace;
    this.timer = timer;
    this.threads = threads;
    this.wantedElsewhere = wantedElsewhere;
    this.stop = stop;
    this.tell = tell;
  }

  /** Adds a call; refuses it, with false, once nobody was left and the stage is stopping. */
  synchronized boolean arrive(String requester, Subscription call) {
    if (stop.raised()) {
      return false;
    }
    Calls calls = wanting.computeIfAbsent(requester, name -> new Calls());
    if (calls.arrivals > 0 && calls.open.isEmpty()) {
      tellOfReturn(calls);
    }
    calls.open.add(call);
    calls.arrivals++;
    return true;
  }

  private void tellOfReturn(Calls calls) {
    Duration gone = Duration.ofNanos(System.nanoTime() - calls.goneNanos);
    tell.accept(
        "whoever asked for it was gone for %d s and asks again; it was not given up meanwhile"
            .formatted(gone.toSeconds()));
  }

  synchronized void vanish(String requester, Subscription call) {
    Calls calls = wanting.get(requester);
    boolean lastCall = calls != null && calls.open.remove(call) && calls.open.isEmpty();
    if (lastCall) {
      calls.goneNanos = System.nanoTime();
      await(requester, calls);
    }
  }

  private void await(String requester, Calls calls) {
    int arrivals = calls.arrivals;
    if (!stop.raised()) {
      Future<?> unused =
          timer.schedule(
              () -> threads.execute(() -> forget(requester, calls, arrivals)),
              grace.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  /** The calls that it had open here; empty where it was not known. */
  synchronized Optional<Set<Subscription>> withdraw(String requester) {
    Optional<Set<Subscription>> calls =
        Optional.ofNullable(wanting.remove(requester)).map(gone -> Set.copyOf(gone.open));
    if (calls.isPresent() && wanting.isEmpty()) {
      stop.raise(StageStopped.Why.CANCELLED);
    }
    return calls;
  }

  private void forget(String requester, Calls calls, int arrivals) {
    boolean wanted = wantedElsewhere.getAsBoolean();
    synchronized (this) {
      boolean stillGone = wanting.get(requester) == calls && calls.arrivals == arrivals;
      if (stillGone && wanted) {
        await(requester, calls);
      } else if (stillGone) {
        wanting.remove(requester);
        stopIfNobodyIsLeft();
      }
    }
  }

  private void stopIfNobodyIsLeft() {
    if (wanting.isEmpty()) {
      stop.raise(StageStopped.Why.ABANDONED);
    }
  }
}
