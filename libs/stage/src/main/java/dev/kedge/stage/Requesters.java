package dev.kedge.stage;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Who wants a stage. A requester that withdraws counts no more at once; one whose last call broke
 * off still counts for a grace period, in which it may call again.
 */
final class Requesters {
  private static final class Calls {
    final Set<Subscription> open = new HashSet<>();
    Future<?> farewell;
  }

  private final Map<String, Calls> wanting = new HashMap<>();
  private final Duration grace;
  private final ScheduledExecutorService timer;
  private final StopSignal stop;

  /** Raises the signal once nobody is left. */
  Requesters(Duration grace, ScheduledExecutorService timer, StopSignal stop) {
    this.grace = grace;
    this.timer = timer;
    this.stop = stop;
  }

  /** Adds a call; refuses it, with false, once nobody was left and the stage is stopping. */
  synchronized boolean arrive(String requester, Subscription call) {
    if (stop.raised()) {
      return false;
    }
    Calls calls = wanting.computeIfAbsent(requester, name -> new Calls());
    calls.open.add(call);
    if (calls.farewell != null) {
      calls.farewell.cancel(false);
      calls.farewell = null;
    }
    return true;
  }

  synchronized void vanish(String requester, Subscription call) {
    Calls calls = wanting.get(requester);
    boolean lastCall = calls != null && calls.open.remove(call) && calls.open.isEmpty();
    if (lastCall && !stop.raised()) {
      calls.farewell =
          timer.schedule(() -> forget(requester, calls), grace.toMillis(), TimeUnit.MILLISECONDS);
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

  private synchronized void forget(String requester, Calls calls) {
    boolean stillGone = calls.open.isEmpty() && wanting.remove(requester, calls);
    if (stillGone && wanting.isEmpty()) {
      stop.raise(StageStopped.Why.ABANDONED);
    }
  }
}
