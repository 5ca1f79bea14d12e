package dev.kedge.experiment;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.contract.StageKey;
import dev.kedge.plan.PlannedStage;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageSpec;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

/** One stage's way through the workflow: tried, followed or tried again until it is settled. */
final class StageRun {
  /** How long a stage that another service holds is left alone before it is asked for again. */
  private static final Duration FOLLOW = Duration.ofSeconds(5);

  private final Board board;
  private final PlannedStage stage;
  private final RunRequest request;
  private final StageActivities activities;
  private final Attempts attempts = new Attempts();

  StageRun(Board board, ExperimentName experiment, PlannedStage stage) {
    this.board = board;
    this.stage = stage;
    StageSpec spec = board.resolve(stage);
    this.request =
        RunRequest.newBuilder()
            .setProject(experiment.project())
            .setSpec(spec)
            .setKey(StageKey.of(spec))
            .setRequester(experiment.requester(stage.id()))
            .build();
    this.activities = Workflow.newActivityStub(StageActivities.class, Timeouts.stage(stage.kind()));
  }

  /** Returns once the stage succeeded, is parked, or was cancelled. */
  void run() {
    try {
      boolean settled = false;
      while (!settled) {
        settled = tryOnce();
      }
    } catch (CanceledFailure cancelled) {
      // The board says so already; whoever retries the stage starts a new run.
    }
  }

  private boolean tryOnce() {
    try {
      StageEvent end = activities.runStage(request);
      if (end.hasResult()) {
        board.succeeded(stage.id(), end.getResult(), now());
        return true;
      }
      board.waiting(stage.id());
      Workflow.sleep(FOLLOW);
      return false;
    } catch (ActivityFailure failure) {
      return isSettledBy(failure);
    }
  }

  private boolean isSettledBy(ActivityFailure failure) {
    if (failure.getCause() instanceof CanceledFailure) {
      return true;
    }
    StageFailure how = StageFailure.of(failure);
    Optional<Duration> pause = attempts.after(how);
    if (pause.isEmpty()) {
      board.parked(stage.id(), request.getKey(), how.error(), now());
      return true;
    }
    board.waiting(stage.id());
    Workflow.sleep(pause.get());
    return false;
  }

  private static Timestamp now() {
    return Timestamps.fromMillis(Workflow.currentTimeMillis());
  }
}
