package dev.kedge.experiment;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Has an experiment's stages wait for their project's permits, where these are limited. */
final class PermitHolder {
  /** Whether stages wait for permits; in histories without this they did not. */
  private static final String PERMITS = "permits";

  /** Only who waits for longer is shown to wait: most do not. */
  private static final Duration UNNOTICED = Duration.ofSeconds(1);

  private final PermitActivities desk =
      Workflow.newActivityStub(PermitActivities.class, Timeouts.record());
  private final Set<String> awaited = new HashSet<>();
  private final Set<String> granted = new HashSet<>();
  private final Board board;
  private final WorkflowPatches patches;
  private final boolean limited;
  private int asked;

  PermitHolder(Board board, WorkflowPatches patches) {
    this.board = board;
    this.patches = patches;
    this.limited =
        Workflow.getVersion(PERMITS, Workflow.DEFAULT_VERSION, 1) == 1 && desk.limit() > 0;
  }

  /**
   * The permit is given. One that nobody waits for goes back at once: it was asked for a second
   * time, by a process that was thought to be dead, after its stage had ended.
   */
  void permitted(String id) {
    if (awaited.contains(id) || !patches.returnsUnusedPermits()) {
      granted.add(id);
    } else {
      desk.giveBack(project(), permit(id));
    }
  }

  /** Does the stage's work once there is a permit for it, and gives that back whatever happens. */
  <T> T hold(String stage, Supplier<T> work) {
    if (!limited) {
      return work.get();
    }
    Permit permit = permit("%s-%d".formatted(stage, ++asked));
    awaited.add(permit.id());
    try {
      take(stage, permit);
      return work.get();
    } finally {
      awaited.remove(permit.id());
      granted.remove(permit.id());
      undisturbed(() -> desk.giveBack(project(), permit));
    }
  }

  private static Permit permit(String id) {
    WorkflowInfo own = Workflow.getInfo();
    return new Permit(own.getWorkflowId(), own.getRunId(), id);
  }

  private void take(String stage, Permit permit) {
    undisturbed(() -> desk.ask(project(), permit));
    if (!Workflow.await(UNNOTICED, () -> granted.contains(permit.id()))) {
      board.waitsForPermit(stage, true);
      try {
        Workflow.await(() -> granted.contains(permit.id()));
      } finally {
        board.waitsForPermit(stage, false);
      }
    }
  }

  /** Also where the stage is being stopped. */
  private static void undisturbed(Runnable call) {
    Workflow.newDetachedCancellationScope(call).run();
  }

  private String project() {
    return board.name().project();
  }
}
