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

  /** Whether looks have their time; in histories without this, news put them off. */
  private static final String TIMELY = "looks-are-not-put-off";

  private final PermitActivities desk =
      Workflow.newActivityStub(PermitActivities.class, Timeouts.record());
  private final PermitQueue queue;
  private boolean news;
  private boolean timely;
  private long lookMillis;

  /** Signals may come before {@link #run} does. */
  @WorkflowInit
  public ProjectPermits(Permits permits) {
    queue = new PermitQueue(permits);
  }

  @Override
  public void run(Permits permits) {
    timely = Workflow.getVersion(TIMELY, Workflow.DEFAULT_VERSION, 1) == 1;
    putOffLook();
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
    } else if (!queue.canGrant() && !newsComeBeforeLook()) {
      queue.giveBack(desk.orphaned(queue.permits().held()));
      putOffLook();
    }
    news = false;
  }

  private boolean newsComeBeforeLook() {
    Duration left =
        timely ? Duration.ofMillis(lookMillis - Workflow.currentTimeMillis()) : BETWEEN_LOOKS;
    return !(left.isNegative() || left.isZero()) && Workflow.await(left, () -> news);
  }

  private void putOffLook() {
    lookMillis = Workflow.currentTimeMillis() + BETWEEN_LOOKS.toMillis();
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
