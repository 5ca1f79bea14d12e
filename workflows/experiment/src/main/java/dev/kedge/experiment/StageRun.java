package dev.kedge.experiment;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.kedge.contract.StageKey;
import dev.kedge.plan.PlannedStage;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageResult;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import io.temporal.common.Priority;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

/** One stage's way through the workflow: tried, followed or tried again until it is settled. */
final class StageRun {
  /** How long a stage that another service holds is left alone before it is asked for again. */
  private static final Duration FIRST_FOLLOW = Duration.ofSeconds(5);

  private static final Duration LONGEST_FOLLOW = Duration.ofMinutes(1);

  private final Board board;
  private final ResultDesk results;
  private final PermitHolder permits;
  private final PastAttempts past;
  private final WorkflowPatches patches;
  private final PlannedStage stage;
  private final RunRequest request;
  private final StageActivities activities;
  private final Attempts attempts = new Attempts();
  private Duration follow = FIRST_FOLLOW;

  StageRun(
      Board board,
      ResultDesk results,
      PermitHolder permits,
      PastAttempts past,
      WorkflowPatches patches,
      ExperimentName experiment,
      PlannedStage stage) {
    this.board = board;
    this.results = results;
    this.permits = permits;
    this.past = past;
    this.patches = patches;
    this.stage = stage;
    StageSpec spec = board.resolve(stage);
    this.request =
        RunRequest.newBuilder()
            .setProject(experiment.project())
            .setSpec(spec)
            .setKey(StageKey.of(spec))
            .setRequester(experiment.requester(stage.id()))
            .build();
    this.activities =
        Workflow.newActivityStub(
            StageActivities.class,
            Timeouts.stage(stage.kind()).toBuilder().setPriority(precedence(experiment)).build());
  }

  /** What is urgent comes first; of what is equally so, each project has its turn. */
  private Priority precedence(ExperimentName experiment) {
    return Priority.newBuilder()
        .setPriorityKey(board.priority())
        .setFairnessKey(experiment.project())
        .build();
  }

  /**
   * Returns once the stage succeeded, is parked, was stopped, or waits to be run from its
   * beginning.
   */
  void run() {
    try {
      boolean settled = false;
      while (!settled) {
        settled = tryOnce();
      }
    } catch (CanceledFailure stopped) {
      // Whoever resumes or retries the stage starts a new run; a cancelled one is shown so already.
      board.held(stage.id());
    }
  }

  private boolean tryOnce() {
    Optional<StageResult> found = results.find(request);
    if (found.isPresent()) {
      take(found.get());
      return true;
    }
    try {
      StageEvent end = permits.hold(stage.id(), () -> activities.runStage(request));
      if (!isStillMeant()) {
        return true;
      }
      if (end.hasResult()) {
        board.succeeded(stage.id(), end.getResult(), now());
        return true;
      }
      return isLeftToTheNextWorkflow();
    } catch (ActivityFailure failure) {
      past.add(failure);
      return isSettledBy(failure);
    }
  }

  /** As if a worker had asked for it. What was cancelled during the look stays so. */
  private void take(StageResult found) {
    if (isStillMeant() && board.rows().state(stage.id()) != Stage.State.CANCELLED) {
      board.started(stage.id(), now());
      board.succeeded(stage.id(), found, now());
    }
  }

  /** What people did meanwhile may have changed what the stage is made from. */
  private boolean isStillMeant() {
    boolean meant = board.means(stage.id(), request.getSpec());
    if (!meant) {
      board.waiting(stage.id());
    }
    return meant;
  }

  /** Another service holds the stage: it is followed, but not beyond what a history can hold. */
  private boolean isLeftToTheNextWorkflow() {
    board.held(stage.id());
    if (patches.isHistoryFull()) {
      return true;
    }
    rest(follow, Optional.empty());
    Duration longer = follow.multipliedBy(2);
    follow = longer.compareTo(LONGEST_FOLLOW) < 0 ? longer : LONGEST_FOLLOW;
    return false;
  }

  private boolean isSettledBy(ActivityFailure failure) {
    if (failure.getCause() instanceof CanceledFailure stopped) {
      throw stopped;
    }
    StageFailure how = StageFailure.of(failure);
    if (how instanceof StageFailure.MachineLost) {
      board.lostSightOf(stage.id(), request.getKey());
    }
    board.computed(stage.id(), request.getKey(), how.computeSeconds());
    if (!isStillMeant()) {
      return true;
    }
    Optional<Duration> pause = attempts.after(how);
    if (pause.isEmpty()) {
      board.parked(stage.id(), request.getKey(), how.error(), now());
      return true;
    }
    board.waiting(stage.id());
    rest(patches.scattered(pause.get()), Optional.of(how.error()));
    return false;
  }

  private void rest(Duration pause, Optional<StageError> after) {
    if (patches.recordsNextTry()) {
      board.triesAgain(
          stage.id(), Timestamps.add(now(), Durations.fromMillis(pause.toMillis())), after);
    }
    Workflow.sleep(pause);
  }

  private static Timestamp now() {
    return Timestamps.fromMillis(Workflow.currentTimeMillis());
  }
}
