package dev.kedge.experiment;

import dev.kedge.stage.v1.StageKind;

/** Where work waits: one queue for the workflows and their records, one for each kind of stage. */
public final class TaskQueues {
  /** Workflows and records; polled by the orchestrator. */
  public static final String EXPERIMENTS = "kedge-experiments";

  private TaskQueues() {}

  /** Stages of a kind; polled by the workers beside its services. */
  public static String of(StageKind kind) {
    return "kedge-" + kind.name();
  }
}
