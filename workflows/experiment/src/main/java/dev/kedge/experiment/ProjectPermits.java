package dev.kedge.experiment;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;

/**
 * Hands permits out in the order in which they were asked for. A holder gives its permit back, even
 * where it is stopped; one that cannot, because somebody has ended its workflow, is found out.
 */
public final class ProjectPermits implements PermitWorkflow {
  /** How long the permits of a workflow that somebody has ended may be missed. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);

  private final PermitActivities desk =
      Workflow.newActivityStub(PermitActivities.class, Timeouts.record());
  private final PermitQueue queue;
  private boolean news;

  /** Signals may come before {@link #run} does. */
  @WorkflowInit
  public ProjectPermits(Permits permits) {
    queue = new PermitQueue(permits);
  }

  @Override
  public void run(Permits permits) {
    // Whoever starts this asks at once.
    Workflow.await(() -> !queue.isIdle());
    while (!queue.isIdle()) {
      queue.grant().forEach(this::tell);
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.continueAsNew(queue.permits());
      }
      awaitNews();
    }
  }

  private void tell(Permit permit) {
    WorkflowExecution holder =
        WorkflowExecution.newBuilder()
            .setWorkflowId(permit.workflow())
            .setRunId(permit.run())
            .build();
    try {
      Workflow.newExternalWorkflowStub(ExperimentWorkflow.class, holder).permitted(permit.id());
    } catch (SignalExternalWorkflowException gone) {
      queue.giveBack(permit);
    }
  }

  private void awaitNews() {
    if (!queue.isWaitedFor()) {
      Workflow.await(() -> news);
    } else if (!queue.canGrant() && !Workflow.await(BETWEEN_LOOKS, () -> news)) {
      queue.giveBack(desk.orphaned(queue.permits().held()));
    }
    news = false;
  }

  @Override
  public void ask(Permit permit, int limit) {
    queue.ask(permit, limit);
    news = true;
  }

  @Override
  public void giveBack(Permit permit) {
    queue.giveBack(permit);
    news = true;
  }
}
