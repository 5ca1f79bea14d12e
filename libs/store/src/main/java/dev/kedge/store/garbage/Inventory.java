package dev.kedge.store.garbage;

import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a project can become garbage, from one listing: some hundred bytes of memory for each
 * thing.
 *
 * @param things with all objects of each
 * @param parts keys of the parts that stages have announced
 * @param tombstones when each was set
 */
record Inventory(
    Map<Thing, Extent> things, Map<Thing, Set<String>> parts, Map<Thing, Instant> tombstones) {
  /** Where they lie in a project; everything else there is a record. */
  static final Set<String> FOLDERS = Set.of("stages/", "artifacts/", "blobs/", Tombstones.FOLDER);

  private static final Pattern PART = Pattern.compile("stages/[^/]+/parts/([0-9a-f]{64})");

  /** Lists a project. */
  static Inventory of(ObjectStore objects, String root, GarbageCollection.Watcher watcher) {
    Inventory inventory = new Inventory(new HashMap<>(), new HashMap<>(), new HashMap<>());
    for (String folder : FOLDERS) {
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
            () -> Kind.thing(path).ifPresent(thing -> add(thing, object, path)));
  }

  private void add(Thing thing, ObjectInfo object, String path) {
    things.merge(thing, Extent.of(object), Extent::and);
    Matcher part = PART.matcher(path);
    if (part.matches()) {
      parts.computeIfAbsent(thing, stage -> new HashSet<>()).add(part.group(1));
    }
  }

  /** Keys of the parts that a stage has announced. */
  Set<String> parts(Thing stage) {
    return parts.getOrDefault(stage, Set.of());
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
