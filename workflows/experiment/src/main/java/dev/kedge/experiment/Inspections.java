package dev.kedge.experiment;

import dev.kedge.stage.v1.Inspection;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
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

  /** Asks now, and waits for the answer. */
  public Inspected inspect() {
    String id = "inspections/" + UUID.randomUUID();
    InspectionWorkflow workflow =
        client.newWorkflowStub(
            InspectionWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(TaskQueues.EXPERIMENTS)
                .setWorkflowRunTimeout(PATIENCE)
                .build());
    try {
      Inspection answer = workflow.inspect();
      return new Inspected.Answered(answer);
    } catch (WorkflowFailedException unanswered) {
      return unanswered.getCause() instanceof ApplicationFailure said
          ? new Inspected.Failed(said.getOriginalMessage())
          : untakenOrFailed(id);
    } catch (WorkflowException | StatusRuntimeException refused) {
      return new Inspected.Refused(reason(refused));
    }
  }

  /** The history tells whether anybody began: who does not know the workflow begins and fails. */
  private Inspected untakenOrFailed(String id) {
    List<HistoryEvent> events = client.fetchHistory(id).getEvents();
    if (events.stream().noneMatch(Inspections::isBegun)) {
      return new Inspected.Untaken();
    }
    return new Inspected.Failed(
        events.stream()
            .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
            .map(event -> event.getWorkflowTaskFailedEventAttributes().getFailure().getMessage())
            .findFirst()
            .orElse("it did not end within %d s".formatted(PATIENCE.toSeconds())));
  }

  private static boolean isBegun(HistoryEvent event) {
    return event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED;
  }

  private static String reason(RuntimeException refused) {
    return refused.getCause() instanceof StatusRuntimeException status
        ? status.getStatus().getCode().toString()
        : String.valueOf(refused.getMessage());
  }
}
