package dev.kedge.store.garbage;

import dev.kedge.store.BlobStore;
import dev.kedge.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes what no record of a project names, directly or through what it names.
 *
 * <p>What is found to be garbage gets a tombstone, and goes in a later collection, a time of grace
 * on, if it is still garbage and nobody has written it anew. In between, whoever needs it only has
 * to name it, and a writer that meets a blob of some age ({@link BlobStore#FRESH}) writes it again
 * rather than rely on it. Records are read again before every batch is removed. What is left to
 * chance are the moments between that and the removal: a stage whose result goes in them is found
 * lost before its experiment ends, and is run again.
 *
 * <p>Things go in the order of {@link Kind}, so that nothing names what has gone.
 */
public final class GarbageCollection {
  /** The least time of grace: twice what a writer relies on. */
  public static final Duration LEAST_GRACE = BlobStore.FRESH.multipliedBy(2);

  private static final int BATCH = 500;

  private final ObjectStore objects;
  private final String root;
  private final Duration grace;
  private final Watcher watcher;
  private final Tombstones tombstones;

  /**
   * A collection in one project.
   *
   * @param root where the project lies, ends with {@code /}
   * @param grace how long garbage stays, {@link #LEAST_GRACE} or more where others write
   */
  public GarbageCollection(ObjectStore objects, String root, Duration grace, Watcher watcher) {
    this.objects = objects;
    this.root = root;
    this.grace = grace;
    this.watcher = watcher;
    this.tombstones = new Tombstones(objects, root);
  }

  /** Is told how far a collection is; what it throws ends the collection where it is. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * Something was done.
     *
     * @param doing for example {@code listing}
     * @param done things, names so far
     */
    void progress(String doing, long done);
  }

  /** Looks, and changes nothing: {@code removed} is what would go by this machine's clock. */
  public Collected look() {
    Findings findings = find(Instant.now());
    return findings.collected(Set.copyOf(findings.due()));
  }

  /** Sets tombstones, and removes what has had one for the time of grace. */
  public Collected remove() {
    Findings findings = find(tombstones.now());
    findings.unmarked().forEach(tombstones::set);
    findings.stale().forEach(tombstones::remove);
    return findings.collected(sweep(findings));
  }

  private Findings find(Instant now) {
    Inventory inventory = Inventory.of(objects, root, watcher);
    Reach reach = new Reach(objects, root, inventory, watcher);
    reach.follow(RecordVersions.of(objects, root));
    return new Findings(inventory, reach, now, grace);
  }

  private Set<Thing> sweep(Findings findings) {
    List<Thing> due = findings.due();
    Set<Thing> removed = new HashSet<>();
    for (int from = 0; from < due.size(); from += BATCH) {
      findings.reach().follow(RecordVersions.of(objects, root));
      due.subList(from, Math.min(due.size(), from + BATCH)).stream()
          .filter(thing -> !findings.reach().contains(thing))
          .forEach(
              thing -> {
                remove(thing);
                removed.add(thing);
                watcher.progress("removing", removed.size());
              });
    }
    return removed;
  }

  /** Of a stage the result goes first: what is left of it, should this end here, is no result. */
  private void remove(Thing thing) {
    String place = root + thing.place();
    if (thing.kind() == Kind.STAGE) {
      objects.delete(place + "result.json");
      Listing.of(objects, place).forEach(object -> objects.delete(object.key()));
    } else {
      objects.delete(place);
    }
    tombstones.remove(thing);
  }
}
