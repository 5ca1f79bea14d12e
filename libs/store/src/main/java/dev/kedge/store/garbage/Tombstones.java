package dev.kedge.store.garbage;

import dev.kedge.store.Condition;
import dev.kedge.store.ObjectStore;
import java.time.Instant;
import java.util.Optional;

/**
 * Objects that say since when a thing has been garbage, by the store's clock; each lies where the
 * thing does, under {@value #FOLDER}.
 */
record Tombstones(ObjectStore objects, String root) {
  static final String FOLDER = "garbage/";

  private static final String NOW = "now";
  private static final byte[] NOTHING = {};

  /** Whose tombstone lies at a path within the project. */
  static Optional<Thing> thing(String path) {
    return path.startsWith(FOLDER) ? Kind.thing(path.substring(FOLDER.length())) : Optional.empty();
  }

  void set(Thing thing) {
    objects.put(key(thing), NOTHING, Condition.ALWAYS);
  }

  void remove(Thing thing) {
    objects.delete(key(thing));
  }

  /** The time by the store's clock, as finely as a listing tells it. */
  Instant now() {
    String key = root + FOLDER + NOW;
    objects.put(key, NOTHING, Condition.ALWAYS);
    return objects.list(key, "", 1).get(0).written();
  }

  private String key(Thing thing) {
    String place = thing.place();
    return root + FOLDER + (place.endsWith("/") ? place + "tombstone" : place);
  }
}
