package dev.kedge.experiment;

import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import io.temporal.activity.ActivityInterface;

/** What a worker does: it has the stage service beside it run a stage. */
@ActivityInterface
public interface StageActivities {
  /**
   * Runs one stage to its end. Heartbeats carry the last {@code Progress}.
   *
   * <p>A failure is an {@code ApplicationFailure} whose type is the reason, whose first detail is
   * the blame, whose second the units done so far, whose third the seconds of computing, and which
   * is non-retryable where another try would fail alike.
   *
   * @return the last event: a result, or that another service holds the stage
   */
  StageEvent runStage(RunRequest request);
}
