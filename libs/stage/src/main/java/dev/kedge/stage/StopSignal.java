package dev.kedge.stage;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Raised once, by whoever is first; the running stage looks at it at each batch. */
final class StopSignal {
  private final AtomicReference<StageStopped.Why> why = new AtomicReference<>();

  void raise(StageStopped.Why reason) {
    why.compareAndSet(null, reason);
  }

  boolean raised() {
    return why.get() != null;
  }

  boolean raisedFor(StageStopped.Why reason) {
    return why.get() == reason;
  }

  void check() {
    Optional.ofNullable(why.get())
        .ifPresent(
            reason -> {
              throw new StageStopped(reason);
            });
  }
}
