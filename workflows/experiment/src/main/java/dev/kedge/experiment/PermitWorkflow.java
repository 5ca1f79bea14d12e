package dev.kedge.experiment;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Hands out the permits of one project. The first who asks starts it; it ends when nobody has one
 * or waits for one.
 */
@WorkflowInterface
public interface PermitWorkflow {
  /** Goes on from what an earlier run had. */
  @WorkflowMethod
  void run(Permits permits);

  /**
   * Somebody wants a permit, and is told by {@link ExperimentWorkflow#permitted}.
   *
   * @param limit how many the project has
   */
  @SignalMethod
  void ask(Permit permit, int limit);

  /** Somebody wants it no more. */
  @SignalMethod
  void giveBack(Permit permit);
}
