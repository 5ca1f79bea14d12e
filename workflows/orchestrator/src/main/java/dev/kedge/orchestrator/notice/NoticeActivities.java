package dev.kedge.orchestrator.notice;

import io.temporal.activity.ActivityInterface;

/** What sends notices. */
@ActivityInterface
public interface NoticeActivities {
  /**
   * Sends a notice once; fails where the receiver does not take it.
   *
   * @param id what the receiver tells repetitions by
   * @param body JSON
   */
  void post(String id, String body);
}
