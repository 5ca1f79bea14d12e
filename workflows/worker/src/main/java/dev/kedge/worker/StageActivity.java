package dev.kedge.worker;

import dev.kedge.experiment.ExperimentWorkflow;
import dev.kedge.experiment.StageActivities;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import io.grpc.Channel;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import java.time.Duration;

/** Runs stages on the service at the other end of a channel. */
public final class StageActivity implements StageActivities {
  private final Channel service;
  private final Duration outOfSight;

  /**
   * An activity for one service.
   *
   * @param outOfSight how long the service may be unreachable before the stage is given back
   */
  public StageActivity(Channel service, Duration outOfSight) {
    this.service = service;
    this.outOfSight = outOfSight;
  }

  @Override
  public StageEvent runStage(RunRequest request) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    announce(activity, request);
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
  private static void announce(ActivityExecutionContext activity, RunRequest request) {
    String requester = request.getRequester();
    activity
        .getWorkflowClient()
        .newWorkflowStub(ExperimentWorkflow.class, activity.getInfo().getWorkflowId())
        .stageStarted(requester.substring(requester.lastIndexOf('/') + 1));
  }
}
