package dev.kedge.worker;

import dev.kedge.contract.Requester;
import dev.kedge.contract.StageKey;
import dev.kedge.experiment.ExperimentWorkflow;
import dev.kedge.experiment.StageActivities;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageKind;
import io.grpc.Channel;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/** Runs stages on the service at the other end of a channel. */
public final class StageActivity implements StageActivities {
  private final Channel service;
  private final Duration outOfSight;
  private final WorkerMetrics metrics;

  /**
   * An activity for one service.
   *
   * @param outOfSight how long the service may be unreachable before the stage is given back
   */
  public StageActivity(Channel service, Duration outOfSight, WorkerMetrics metrics) {
    this.service = service;
    this.outOfSight = outOfSight;
    this.metrics = metrics;
  }

  @Override
  public StageEvent runStage(RunRequest request) {
    Requester requester = Requester.parse(request.getRequester()).orElseThrow();
    Map<String, String> fields = logFields(request, requester);
    fields.forEach(MDC::put);
    try {
      return counted(StageKey.kindOf(request.getSpec()), () -> run(request, requester));
    } finally {
      fields.keySet().forEach(MDC::remove);
    }
  }

  /** As the services have them, so that one search finds the lines of both. */
  private static Map<String, String> logFields(RunRequest request, Requester requester) {
    return Map.of(
        "project", request.getProject(),
        "experiment", requester.experiment(),
        "stage", requester.stage(),
        "kind", StageKey.kindOf(request.getSpec()).name(),
        "key", request.getKey());
  }

  private StageEvent counted(StageKind kind, Supplier<StageEvent> attempt) {
    try {
      StageEvent end = attempt.get();
      metrics.ended(kind, end.hasHeld() ? "held" : "result");
      return end;
    } catch (ApplicationFailure failed) {
      metrics.ended(kind, failed.getType());
      throw failed;
    } catch (ActivityCanceledException cancelled) {
      metrics.ended(kind, "cancelled");
      throw cancelled;
    }
  }

  private StageEvent run(RunRequest request, Requester requester) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    announce(activity, requester);
    var call = new StageCall(service, request, outOfSight, activity::heartbeat);
    try {
      return call.toEnd();
    } catch (ActivityCanceledException cancelled) {
      call.withdraw();
      throw cancelled;
    } catch (InterruptedException stopping) {
      throw Activity.wrap(stopping);
    }
  }

  /** Until now the stage was waiting in a queue; the record says so. */
  private static void announce(ActivityExecutionContext activity, Requester requester) {
    activity
        .getWorkflowClient()
        .newWorkflowStub(ExperimentWorkflow.class, activity.getInfo().getWorkflowId())
        .stageStarted(requester.stage(), activity.getInfo().getActivityId());
  }
}
