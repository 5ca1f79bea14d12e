package dev.kedge.experiment;

import dev.kedge.stage.v1.StageKind;
import java.util.Arrays;
import java.util.List;

/** Where work waits: one queue for the workflows and their records, one for each kind of stage. */
public final class TaskQueues {
  /** Workflows and records; polled by the orchestrator. */
  public static final String EXPERIMENTS = "kedge-experiments";

  private TaskQueues() {}

  /** All kinds that stages have. */
  public static List<StageKind> kinds() {
    return Arrays.stream(StageKind.values())
        .filter(kind -> kind != StageKind.STAGE_KIND_UNSPECIFIED && kind != StageKind.UNRECOGNIZED)
        .toList();
  }

  /** Questions about the services of a kind; polled by the same workers. */
  public static String inspections(StageKind kind) {
    return of(kind) + "-inspections";
  }

  /** Stages of a kind; polled by the workers beside its services. */
  public static String of(StageKind kind) {
    return "kedge-" + kind.name();
  }
}
