package dev.kedge.experiment;

import io.temporal.activity.ActivityInterface;
import java.util.Map;

/** How much the stages at work have computed. */
@ActivityInterface
public interface UseActivities {
  /**
   * Seconds of computing of the asking workflow's stages, by the ids that Temporal gives their
   * activities; none for those that have not told yet.
   */
  Map<String, Double> computing();
}
