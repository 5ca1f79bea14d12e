package dev.kedge.store.garbage;

import dev.kedge.store.ObjectStore;
import dev.kedge.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** All that records name, directly or through what they name. */
final class Reach {
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
      if (reach(Kind.STAGE, name)) {
        read(root + Kind.STAGE.place(name) + "result.json");
      }
      if (reach(Kind.ARTIFACT, name)) {
        read(root + Kind.ARTIFACT.place(name));
      }
      reach(Kind.BLOB, name);
    }
  }

  private boolean reach(Kind kind, String name) {
    Thing thing = new Thing(kind, name);
    return inventory.things().containsKey(thing) && reached.add(thing);
  }

  private void read(String key) {
    byte[] json;
    try {
      json = objects.get(key).bytes();
    } catch (StoreException.NotFound goneOrNotYetThere) {
      return;
    }
    Names.in(json, key).stream().filter(names::add).forEach(waiting::push);
    watcher.progress("following names", names.size());
  }
}
