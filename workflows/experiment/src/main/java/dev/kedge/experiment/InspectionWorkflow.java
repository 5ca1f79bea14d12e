package dev.kedge.experiment;

import dev.kedge.stage.v1.Inspection;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Asks a worker of each kind of stage about the service beside it, on the way that stages take. The
 * queues are others than the stages', so that busy workers answer as well.
 */
@WorkflowInterface
public interface InspectionWorkflow {
  /** What was found. */
  @WorkflowMethod
  Inspection inspect();
}
