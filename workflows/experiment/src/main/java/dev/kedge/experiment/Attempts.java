package dev.kedge.experiment;

import java.time.Duration;
import java.util.Optional;

/**
 * How often a stage is tried again. Permanent failures are not; transient ones are, with growing
 * pauses, and so are lost machines; neither counts while the work gets further each time.
 */
final class Attempts {
  private static final int MOST_TRANSIENT = 5;
  private static final int MOST_LOSSES_WITHOUT_PROGRESS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private int failures;
  private int losses;
  private long best;

  /** The pause before the next try; empty where the stage is to be parked. */
  Optional<Duration> after(StageFailure failure) {
    boolean further = failure.done() > best;
    if (further) {
      best = failure.done();
      failures = 0;
      losses = 0;
    }
    if (failure instanceof StageFailure.Transient) {
      return ++failures < MOST_TRANSIENT ? Optional.of(pause(failures)) : Optional.empty();
    }
    if (failure instanceof StageFailure.MachineLost) {
      losses = further ? 0 : losses + 1;
      return losses < MOST_LOSSES_WITHOUT_PROGRESS ? Optional.of(FIRST_PAUSE) : Optional.empty();
    }
    return Optional.empty();
  }

  private static Duration pause(int failures) {
    return FIRST_PAUSE.multipliedBy(1L << (failures - 1));
  }
}
