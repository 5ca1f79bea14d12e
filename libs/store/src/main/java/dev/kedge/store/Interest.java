package dev.kedge.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * That somebody wants a stage who does not reach the process which works on it. The mark lies among
 * the stage's progress and goes with it; one that comes later than the result is garbage. How old
 * it is, is told between it and the last renewal of the lease, both by the store's own clock.
 */
public final class Interest {
  private static final byte[] NOTHING = {};

  private final ObjectStore objects;
  private final String mark;
  private final String lease;

  Interest(ObjectStore objects, String mark, String lease) {
    this.objects = objects;
    this.mark = mark;
    this.lease = lease;
  }

  /** Somebody wants the stage now. */
  public void show() {
    objects.put(mark, NOTHING, Condition.ALWAYS);
  }

  /**
   * Whether somebody wanted it so short a time before its lease was last renewed, or since then.
   */
  public boolean isShownWithin(Duration age) {
    Optional<Instant> shown = written(mark);
    Optional<Instant> renewed = written(lease);
    return shown.isPresent() && renewed.isPresent() && shown.get().plus(age).isAfter(renewed.get());
  }

  /** As listed: a listing tells times more finely than a look at one object. */
  private Optional<Instant> written(String key) {
    return objects.list(key, "", 1).stream()
        .filter(object -> object.key().equals(key))
        .map(ObjectInfo::written)
        .findFirst();
  }
}
