package dev.kedge.orchestrator.notice;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Brings one notice to the webhook, however often that takes. */
@WorkflowInterface
public interface NoticeWorkflow {
  /**
   * Returns once the webhook has taken the notice.
   *
   * @param id what the receiver tells repetitions by
   * @param body JSON
   */
  @WorkflowMethod
  void deliver(String id, String body);
}
