package dev.kedge.experiment;

import io.temporal.activity.ActivityInterface;
import java.util.List;

/** The way to a project's permits, which workflows cannot start themselves. */
@ActivityInterface
public interface PermitActivities {
  /** How many stages of a project may be at work at once; 0 where that is not limited. */
  int limit();

  /** Queues for a permit; who has asked already keeps the place. */
  void ask(String project, Permit permit);

  /** Lets go of a permit, or of the place in the queue. */
  void giveBack(String project, Permit permit);

  /** Those whose holders are not running any more. */
  List<Permit> orphaned(List<Permit> held);
}
