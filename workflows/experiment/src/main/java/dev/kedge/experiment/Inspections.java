package dev.kedge.experiment;

import dev.kedge.stage.v1.Inspection;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Finds out whether orchestrator, workers and stage services answer. */
public final class Inspections {
  /** An inspection takes less where the orchestrator runs: its own questions end sooner. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private final WorkflowClient client;

  /**
   * Inspections in one Temporal namespace.
   *
   * @param client a connected client
   */
  public Inspections(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Asks now.
   *
   * @return what was found; empty where no orchestrator took the question up
   */
  public Optional<Inspection> inspect() {
    InspectionWorkflow workflow =
        client.newWorkflowStub(
            InspectionWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId("inspections/" + UUID.randomUUID())
                .setTaskQueue(TaskQueues.EXPERIMENTS)
                .setWorkflowRunTimeout(PATIENCE)
                .build());
    try {
      return Optional.of(workflow.inspect());
    } catch (WorkflowException nobody) {
      return Optional.empty();
    }
  }
}
