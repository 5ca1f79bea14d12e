package dev.kedge.experiment;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.Activity;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import java.util.List;

/**
 * Finds the workflow of a project's permits, or starts it.
 *
 * @param limit how many stages of a project may be at work at once; 0 for any number
 */
public record PermitDesk(int limit) implements PermitActivities {
  @Override
  public void ask(String project, Permit permit) {
    WorkflowClient client = client();
    PermitWorkflow workflow =
        client.newWorkflowStub(
            PermitWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id(project))
                .setTaskQueue(TaskQueues.EXPERIMENTS)
                .build());
    BatchRequest start = client.newSignalWithStartRequest();
    start.add(workflow::run, Permits.NONE);
    start.add(workflow::ask, permit, limit);
    client.signalWithStart(start);
  }

  @Override
  public void giveBack(String project, Permit permit) {
    try {
      client().newWorkflowStub(PermitWorkflow.class, id(project)).giveBack(permit);
    } catch (WorkflowNotFoundException gone) {
      // And every permit with it.
    }
  }

  @Override
  public List<Permit> orphaned(List<Permit> held) {
    return held.stream().filter(PermitDesk::isOrphaned).toList();
  }

  private static boolean isOrphaned(Permit permit) {
    WorkflowClient client = client();
    DescribeWorkflowExecutionRequest question =
        DescribeWorkflowExecutionRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setExecution(
                WorkflowExecution.newBuilder()
                    .setWorkflowId(permit.workflow())
                    .setRunId(permit.run()))
            .build();
    try {
      return client
              .getWorkflowServiceStubs()
              .blockingStub()
              .describeWorkflowExecution(question)
              .getWorkflowExecutionInfo()
              .getStatus()
          != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    } catch (StatusRuntimeException failed) {
      if (failed.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return true;
      }
      throw failed;
    }
  }

  private static String id(String project) {
    return "permits/" + project;
  }

  private static WorkflowClient client() {
    return Activity.getExecutionContext().getWorkflowClient();
  }
}
