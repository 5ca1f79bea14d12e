package dev.kedge.stage;

import dev.kedge.store.Interest;
import dev.kedge.store.StoreException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Whether somebody wants a stage whom another process has told that it is held here. Such a
 * follower asks once a minute, and may reach any process of the kind: so its word counts for twice
 * the time for which a caller counts that has vanished.
 *
 * @param interest of the stage
 * @param grace for which a vanished caller counts
 * @param say takes a line for people
 */
record WantedElsewhere(Interest interest, Duration grace, Consumer<String> say)
    implements BooleanSupplier {
  /** Twice this is the minute between two questions of a follower, and time for the second. */
  static final Duration SHORTEST_GRACE = Duration.ofSeconds(35);

  @Override
  public boolean getAsBoolean() {
    try {
      boolean wanted = interest.isShownWithin(grace.multipliedBy(2));
      if (wanted) {
        say.accept("nobody calls; goes on, for it is asked for at another service");
      }
      return wanted;
    } catch (StoreException outOfReach) {
      // What would be saved now could not be kept either.
      return true;
    }
  }
}
