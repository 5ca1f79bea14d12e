package dev.kedge.worker;

import dev.kedge.stage.v1.Progress;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Tells Temporal how far a stage is. While Temporal is out of reach the worker stays with the
 * stage, so that it goes on: the SDK would have it cancelled after some seconds of silence. Once
 * Temporal is back the attempt is given up, for Temporal has handed the stage out again. It is also
 * given up where Temporal does not come back: only this worker may be cut off, and the stage wanted
 * no more.
 */
final class Heartbeat implements Consumer<Progress> {
  private final Consumer<Progress> temporal;
  private final BooleanSupplier isBack;
  private final Duration outOfSight;
  private OptionalLong silentSince = OptionalLong.empty();

  /**
   * Heartbeats of one attempt.
   *
   * @param temporal takes them; throws as the SDK does
   * @param isBack whether Temporal answers; asked only once it has been silent for too long
   * @param outOfSight how long it may be silent from then on
   */
  Heartbeat(Consumer<Progress> temporal, BooleanSupplier isBack, Duration outOfSight) {
    this.temporal = temporal;
    this.isBack = isBack;
    this.outOfSight = outOfSight;
  }

  @Override
  public void accept(Progress progress) {
    try {
      temporal.accept(progress);
    } catch (ActivityCanceledException cancelled) {
      if (!(cancelled.getCause() instanceof TimeoutFailure)) {
        throw cancelled;
      }
      if (isSilentForTooLong() || isBack.getAsBoolean()) {
        throw ApplicationFailure.newFailureWithCause(
            "Temporal was out of reach, and has handed the stage out again meanwhile",
            "TEMPORAL_LOST",
            cancelled,
            "RESOURCES",
            progress.getDone(),
            progress.getComputeSeconds());
      }
    }
  }

  private boolean isSilentForTooLong() {
    long now = System.nanoTime();
    silentSince = OptionalLong.of(silentSince.orElse(now));
    return now - silentSince.getAsLong() >= outOfSight.toNanos();
  }
}
