package dev.kedge.orchestrator.notice;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.kedge.experiment.ExperimentName;
import dev.kedge.experiment.TaskQueues;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentNotice;
import dev.kedge.v1.Notice;
import dev.kedge.v1.Operation;
import dev.kedge.v1.ParkedStage;
import dev.kedge.v1.Stage;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Has the webhook told of what people wait for. A notice is a workflow of its own, which no process
 * need live for; it arrives once or, after a fault, more often with the same id.
 */
@Singleton
public class Notices {
  /** The states in which nothing goes on by itself. */
  private static final Set<Experiment.State> NEWS =
      EnumSet.of(
          Experiment.State.ATTENTION,
          Experiment.State.SUCCEEDED,
          Experiment.State.CANCELLED,
          Experiment.State.PAUSED);

  private final WorkflowClient client;
  private final Webhook webhook;

  /** Notices for a webhook. */
  public Notices(WorkflowClient client, Webhook webhook) {
    this.client = client;
    this.webhook = webhook;
  }

  /** Tells that the experiment has come into its state, if that is news; returns at once. */
  public void tell(Experiment experiment) {
    if (NEWS.contains(experiment.getState())) {
      send("experiment." + experiment.getState().name().toLowerCase(Locale.ROOT), experiment);
    }
  }

  /** Tells that a stage has been parked while others go on; returns at once. */
  public void tellParked(Experiment experiment) {
    send("experiment.stage_parked", experiment);
  }

  private void send(String type, Experiment experiment) {
    if (webhook.isThere()) {
      start(id(experiment), json(notice(type, experiment)));
    }
  }

  private void start(String id, String body) {
    NoticeWorkflow workflow =
        client.newWorkflowStub(
            NoticeWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId("notices/" + id)
                .setTaskQueue(TaskQueues.EXPERIMENTS)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .build());
    try {
      WorkflowClient.start(workflow::deliver, id, body);
    } catch (WorkflowExecutionAlreadyStarted told) {
      // It is on its way already.
    }
  }

  /** The same for the same change of an experiment. */
  private static String id(Experiment experiment) {
    ExperimentName name = ExperimentName.parse(experiment.getName());
    return "%s-%s-%d"
        .formatted(name.project(), name.id(), Timestamps.toNanos(experiment.getUpdateTime()));
  }

  private static Notice notice(String type, Experiment experiment) {
    ExperimentNotice.Builder data =
        ExperimentNotice.newBuilder()
            .setExperiment(experiment.getName())
            .setTitle(experiment.getDisplayName())
            .setState(experiment.getState());
    actor(experiment).ifPresent(data::setActor);
    if (experiment.hasPauseCause()) {
      data.setPauseCause(experiment.getPauseCause());
    }
    for (Stage stage : experiment.getStagesList()) {
      if (stage.getState() == Stage.State.PARKED) {
        data.addParked(ParkedStage.newBuilder().setStage(stage.getId()).setError(stage.getError()));
      }
    }
    return Notice.newBuilder()
        .setType(type)
        .setTimestamp(experiment.getUpdateTime())
        .setData(data)
        .build();
  }

  /** Who has stopped it; operations are there with the state that they lead to. */
  private static Optional<String> actor(Experiment experiment) {
    return switch (experiment.getState()) {
      case PAUSED -> last("pause", experiment);
      case CANCELLED -> last("cancel", experiment);
      default -> Optional.empty();
    };
  }

  private static Optional<String> last(String action, Experiment experiment) {
    return experiment.getOperationsList().stream()
        .filter(operation -> operation.getAction().startsWith(action))
        .reduce((earlier, later) -> later)
        .map(Operation::getActor);
  }

  private static String json(Notice notice) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(notice);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
