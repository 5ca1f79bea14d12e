package dev.kedge.experiment;

import dev.kedge.stage.v1.StageEvent;
import io.temporal.activity.ActivityInterface;

/** What is known of results before a stage queues for those who would make them. */
@ActivityInterface
public interface ResultActivities {
  /**
   * The last event of a stage whose result is committed and intact; one that says nothing of any
   * other.
   *
   * @param project the id of the stage's project
   * @param key the stage's
   */
  StageEvent findResult(String project, String key);
}
