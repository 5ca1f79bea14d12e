package dev.kedge.store.garbage;

import dev.kedge.store.ObjectStore;
import dev.kedge.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that records name, directly or through what they name. A stage without a result reaches its
 * progress and the parts that it has saved; one with a result what the result names alone.
 */
final class Reach {
  /** Where a stage's result lies in its folder. */
  static final String RESULT = "result.json";

  /** What a name can mean. */
  private static final List<Kind> NAMED = List.of(Kind.STAGE, Kind.ARTIFACT, Kind.BLOB);

  private final ObjectStore objects;
  private final String root;
  private final Inventory inventory;
  private final GarbageCollection.Watcher watcher;
  private final Map<String, String> followed = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Deque<String> waiting = new ArrayDeque<>();
  private final Set<Thing> reached = new HashSet<>();

  /**
   * Nothing yet.
   *
   * @param inventory among which names are looked up
   */
  Reach(ObjectStore objects, String root, Inventory inventory, GarbageCollection.Watcher watcher) {
    this.objects = objects;
    this.root = root;
    this.inventory = inventory;
    this.watcher = watcher;
  }

  /** All that is named, as far as it was there when it was followed. */
  Set<Thing> things() {
    return Set.copyOf(reached);
  }

  boolean contains(Thing thing) {
    return reached.contains(thing);
  }

  /**
   * Follows records: all at first, later those alone that are new or have changed.
   *
   * @param records versions by key
   */
  void follow(Map<String, String> records) {
    records.forEach(
        (key, version) -> {
          if (!version.equals(followed.put(key, version))) {
            read(key);
            followNames();
          }
        });
  }

  private void followNames() {
    while (!waiting.isEmpty()) {
      String name = waiting.pop();
      List<Thing> listed =
          NAMED.stream()
              .map(kind -> new Thing(kind, name))
              .filter(inventory.things()::containsKey)
              .toList();
      // What was written since the listing may name what was there before.
      List<Thing> possible = listed.isEmpty() ? List.of(stage(name), artifact(name)) : listed;
      possible.stream().filter(reached::add).forEach(this::follow);
    }
  }

  private void follow(Thing thing) {
    String place = root + thing.place();
    if (thing.kind() == Kind.STAGE && !read(place + RESULT)) {
      reached.add(new Thing(Kind.PROGRESS, thing.name()));
      inventory.parts(thing).forEach(this::name);
    } else if (thing.kind() == Kind.ARTIFACT) {
      read(place);
    }
  }

  private static Thing stage(String name) {
    return new Thing(Kind.STAGE, name);
  }

  private static Thing artifact(String name) {
    return new Thing(Kind.ARTIFACT, name);
  }

  /** Takes up the names in a document; false if there is none. */
  private boolean read(String key) {
    byte[] json;
    try {
      json = objects.get(key).bytes();
    } catch (StoreException.NotFound goneOrNotYetThere) {
      return false;
    }
    Names.in(json, key).forEach(this::name);
    watcher.progress("following names", names.size());
    return true;
  }

  private void name(String name) {
    if (names.add(name)) {
      waiting.push(name);
    }
  }
}
