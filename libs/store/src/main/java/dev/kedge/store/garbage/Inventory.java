package dev.kedge.store.garbage;

import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of a project can become garbage, from one listing: some hundred bytes of memory for each
 * thing.
 *
 * @param things with all objects of each
 * @param tombstones when each was set
 */
record Inventory(Map<Thing, Extent> things, Map<Thing, Instant> tombstones) {

  /** Lists a project. */
  static Inventory of(ObjectStore objects, String root, GarbageCollection.Watcher watcher) {
    Inventory inventory = new Inventory(new HashMap<>(), new HashMap<>());
    for (String folder : Set.of("stages/", "artifacts/", "blobs/", Tombstones.FOLDER)) {
      Listing.of(objects, root + folder)
          .forEach(
              object -> {
                inventory.add(object, object.key().substring(root.length()));
                watcher.progress("listing", inventory.size());
              });
    }
    return inventory;
  }

  private void add(ObjectInfo object, String path) {
    Tombstones.thing(path)
        .ifPresentOrElse(
            thing -> tombstones.put(thing, object.written()),
            () ->
                Kind.thing(path)
                    .ifPresent(thing -> things.merge(thing, Extent.of(object), Extent::and)));
  }

  private long size() {
    return (long) things.size() + tombstones.size();
  }

  /** Since when a thing has a tombstone; one that was written anew has none that counts. */
  Optional<Instant> since(Thing thing) {
    return Optional.ofNullable(tombstones.get(thing))
        .filter(set -> !things.get(thing).newest().isAfter(set));
  }
}
