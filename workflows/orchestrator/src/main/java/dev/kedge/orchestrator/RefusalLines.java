package dev.kedge.orchestrator;

import dev.kedge.experiment.ExperimentWorkflow;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Makes one line of a call that a workflow has refused. Temporal's SDK warns of it, with its stack
 * trace, as of a workflow that failed.
 */
final class RefusalLines implements Filter {
  private static final org.jboss.logging.Logger LOG =
      org.jboss.logging.Logger.getLogger(RefusalLines.class);

  /** Held: a logger that nobody holds may be forgotten, and its filter with it. */
  private static final Logger WARNING =
      Logger.getLogger("io.temporal.internal.sync.WorkflowExecutionHandler");

  private RefusalLines() {}

  /** From now on, in this process. */
  static void install() {
    WARNING.setFilter(new RefusalLines());
  }

  @Override
  public boolean isLoggable(LogRecord line) {
    boolean refused =
        line.getThrown() instanceof ApplicationFailure said
            && ExperimentWorkflow.REFUSED.equals(said.getType());
    if (refused) {
      // The SDK logs on the workflow's own thread.
      LOG.infof(
          "a call for %s is refused: %s",
          Workflow.getInfo().getWorkflowId(),
          ((ApplicationFailure) line.getThrown()).getOriginalMessage());
    }
    return !refused;
  }
}
