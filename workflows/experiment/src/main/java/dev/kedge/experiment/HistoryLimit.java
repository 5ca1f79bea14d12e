package dev.kedge.experiment;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;

/**
 * How long a workflow's history may become: beyond it nothing new is begun, what runs is let end,
 * and a new run goes on from the record. The less often the better, since machines are idle
 * meanwhile; what Temporal itself suggests comes after some hundred stages.
 */
final class HistoryLimit {
  /** Temporal ends a workflow at 51,200; what runs then still has its events to write. */
  private static final long MOST_EVENTS = 20_000;

  /** Temporal ends a workflow at 50 MB. */
  private static final long MOST_BYTES = 20_000_000;

  private final long mostEvents;

  HistoryLimit() {
    this(MOST_EVENTS);
  }

  HistoryLimit(long mostEvents) {
    this.mostEvents = mostEvents;
  }

  boolean isReached() {
    WorkflowInfo info = Workflow.getInfo();
    return info.getHistoryLength() > mostEvents || info.getHistorySize() > MOST_BYTES;
  }
}
