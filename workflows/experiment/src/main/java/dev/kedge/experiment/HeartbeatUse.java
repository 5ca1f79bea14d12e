package dev.kedge.experiment;

import dev.kedge.stage.v1.Progress;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads it in the workers' heartbeats, which Temporal keeps the last of. */
public final class HeartbeatUse implements UseActivities {
  @Override
  public Map<String, Double> computing() {
    Map<String, Double> seconds = new HashMap<>();
    ActivityExecutionContext asking = Activity.getExecutionContext();
    DataConverter converter = asking.getWorkflowClient().getOptions().getDataConverter();
    for (PendingActivityInfo activity : pending(asking)) {
      if (activity.hasHeartbeatDetails()) {
        seconds.put(activity.getActivityId(), progress(activity, converter).getComputeSeconds());
      }
    }
    return seconds;
  }

  private static List<PendingActivityInfo> pending(ActivityExecutionContext asking) {
    WorkflowClient client = asking.getWorkflowClient();
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setExecution(
                    WorkflowExecution.newBuilder()
                        .setWorkflowId(asking.getInfo().getWorkflowId())
                        .setRunId(asking.getInfo().getWorkflowRunId()))
                .build())
        .getPendingActivitiesList();
  }

  private static Progress progress(PendingActivityInfo activity, DataConverter converter) {
    return converter.fromPayloads(
        0, Optional.of(activity.getHeartbeatDetails()), Progress.class, Progress.class);
  }
}
