package dev.kedge.experiment;

import io.temporal.failure.ActivityFailure;
import java.util.HashSet;
import java.util.Set;

/**
 * Attempts at stages that have failed. A worker that was thought to be dead may tell only then that
 * it has begun, while the stage waits for another.
 */
final class PastAttempts {
  private final Set<String> activities = new HashSet<>();

  void add(ActivityFailure failure) {
    activities.add(failure.getActivityId());
  }

  /**
   * Whether an attempt is known to be over.
   *
   * @param activity Temporal's id of it; null where it is not known
   */
  boolean contains(String activity) {
    return activities.contains(activity);
  }
}
