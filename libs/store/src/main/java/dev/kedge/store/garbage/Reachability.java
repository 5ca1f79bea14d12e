package dev.kedge.store.garbage;

import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.CanonicalJson;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.StageResult;
import dev.kedge.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that records name, directly or through what they name. A stage without a whole result reaches
 * its progress and the parts that it has saved, for it is made anew; one with a whole result what
 * the result names alone.
 */
final class Reachability {
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
  Reachability(
      ObjectStore objects, String root, Inventory inventory, GarbageCollection.Watcher watcher) {
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
            Optional<byte[]> unused = read(key);
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
    if (thing.kind() == Kind.STAGE) {
      Optional<byte[]> result = read(place + RESULT);
      if (result.isEmpty() || !isWhole(result.get(), place + RESULT)) {
        reached.add(new Thing(Kind.PROGRESS, thing.name()));
        inventory.parts(thing).forEach(this::name);
      }
    } else if (thing.kind() == Kind.ARTIFACT) {
      Optional<byte[]> unused = read(place);
    }
  }

  /** Whether all that a result is made of was there when it was listed. */
  private boolean isWhole(byte[] result, String key) {
    Optional<Thing> output =
        parsed(result, StageResult.class, key)
            .map(committed -> artifact(committed.artifact().hex()))
            .filter(inventory.things()::containsKey);
    if (output.isEmpty()) {
      return false;
    }
    // It is read here, and need not be again when its name is followed.
    reached.add(output.get());
    String place = root + output.get().place();
    return read(place)
        .flatMap(json -> parsed(json, Artifact.class, place))
        .filter(artifact -> artifact.files().values().stream().allMatch(this::isThere))
        .isPresent();
  }

  /** Empty where it is JSON of another kind. */
  private static <T> Optional<T> parsed(byte[] json, Class<T> type, String origin) {
    try {
      return Optional.of(CanonicalJson.read(json, type, origin));
    } catch (StoreException.Corrupt another) {
      return Optional.empty();
    }
  }

  private boolean isThere(Blob blob) {
    Extent there = inventory.things().get(new Thing(Kind.BLOB, blob.digest().hex()));
    return there != null && there.bytes() == blob.size();
  }

  private static Thing stage(String name) {
    return new Thing(Kind.STAGE, name);
  }

  private static Thing artifact(String name) {
    return new Thing(Kind.ARTIFACT, name);
  }

  /** Takes up the names in a document, if there is one. */
  private Optional<byte[]> read(String key) {
    byte[] json;
    try {
      json = objects.get(key).bytes();
    } catch (StoreException.NotFound goneOrNotYetThere) {
      return Optional.empty();
    }
    Names.in(json, key).forEach(this::name);
    watcher.progress("following names", names.size());
    return Optional.of(json);
  }

  private void name(String name) {
    if (names.add(name)) {
      waiting.push(name);
    }
  }
}
