package dev.kedge.store.garbage;

import dev.kedge.store.BlobStore;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Removes what no record of a project names, directly or through what it names.
 *
 * <p>What is found to be garbage gets a tombstone, and goes in a later collection, a time of grace
 * on, if it is still garbage and nobody has written it anew. In between, whoever needs it only has
 * to name it, and a writer that meets a blob of some age ({@link BlobStore#FRESH}) writes it again
 * rather than rely on it. While things go, records are read again every few seconds, and each thing
 * is looked at again just before it goes: what is named by then, or was written anew, stays. What
 * is left to chance are these seconds for whoever reads, and a moment for whoever writes.
 *
 * <p>Things go in the order of {@link Kind}, so that nothing names what has gone.
 */
public final class GarbageCollection {
  /** The least time of grace: twice what a writer relies on. */
  public static final Duration LEAST_GRACE = BlobStore.FRESH.multipliedBy(2);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

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
    Set<Thing> removed = sweep(findings);
    findings.unmarked().forEach(tombstones::set);
    findings.stale().forEach(tombstones::remove);
    return findings.collected(removed);
  }

  private Findings find(Instant now) {
    Inventory inventory = Inventory.of(objects, root, watcher);
    Reachability reachability = new Reachability(objects, root, inventory, watcher);
    reachability.follow(RecordVersions.of(objects, root));
    return new Findings(inventory, reachability, now, grace);
  }

  private Set<Thing> sweep(Findings findings) {
    Set<Thing> removed = new HashSet<>();
    OptionalLong looked = OptionalLong.empty();
    for (Thing thing : findings.due()) {
      if (looked.isEmpty() || System.nanoTime() - looked.getAsLong() > LOOK_AGAIN.toNanos()) {
        findings.reachability().follow(RecordVersions.of(objects, root));
        looked = OptionalLong.of(System.nanoTime());
      }
      if (!findings.reachability().contains(thing) && !isWrittenAnew(thing, findings)) {
        remove(thing);
        removed.add(thing);
        watcher.progress("removing", removed.size());
      }
    }
    return removed;
  }

  private boolean isWrittenAnew(Thing thing, Findings findings) {
    Instant marked = findings.inventory().since(thing).orElseThrow();
    return objectsOf(thing).anyMatch(object -> object.written().isAfter(marked));
  }

  /** As listed: a listing tells times more finely than a look at one object. */
  private Stream<ObjectInfo> objectsOf(Thing thing) {
    return Listing.of(objects, root + thing.place());
  }

  /** Of a stage the result goes first: what is left of it, should this end here, is no result. */
  private void remove(Thing thing) {
    if (thing.kind() == Kind.STAGE) {
      objects.delete(root + thing.place() + Reachability.RESULT);
    }
    objectsOf(thing).forEach(object -> objects.delete(object.key()));
    tombstones.remove(thing);
  }
}
