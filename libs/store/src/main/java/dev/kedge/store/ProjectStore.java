package dev.kedge.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.store.archive.Packing;
import dev.kedge.store.garbage.GarbageCollection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Everything one project keeps, under {@code projects/PROJECT/}.
 *
 * <pre>
 * blobs/sha256/ab/abc…             immutable bytes
 * artifacts/DIGEST.json            kind and files
 * stages/KEY/result.json           the commit
 * stages/KEY/lease.json            who works on it
 * stages/KEY/progress/             points to go on from, and that somebody wants it
 * stages/KEY/events/               what it logged
 * stages/KEY/parts/                keys of what it saved under keys of its own
 * garbage/                         since when what is named by nothing
 * experiments/ models/ datasets/   records
 * </pre>
 */
public final class ProjectStore {
  private static final String ALL = "projects/";

  private final ObjectStore objects;
  private final String root;
  private final Views views;
  private final BlobStore blobs;
  private final ArtifactStore artifacts;
  private final RecordCopies copies;

  /**
   * A project in a store, by itself.
   *
   * @param project the project's name
   * @param cache this node's copies of blobs, shared by all projects
   */
  public ProjectStore(ObjectStore objects, String project, BlobCache cache) {
    this(objects, project, cache, new RecordCopies());
  }

  /**
   * A project in a store.
   *
   * @param project the project's name
   * @param cache this node's copies of blobs, shared by all projects
   * @param copies this process's copies of records, likewise
   */
  public ProjectStore(ObjectStore objects, String project, BlobCache cache, RecordCopies copies) {
    this.objects = objects;
    this.root = ALL + StoreName.require(project, "project") + "/";
    this.copies = copies;
    this.views = new Views(cache);
    this.blobs = new BlobStore(objects, root + "blobs/");
    this.artifacts = new ArtifactStore(objects, root + "artifacts/", blobs, views);
  }

  /** Names of the projects that hold anything, in order: one request for each. */
  public static List<String> names(ObjectStore objects) {
    List<String> names = new ArrayList<>();
    List<ObjectInfo> next = objects.list(ALL, "", 1);
    while (!next.isEmpty()) {
      String key = next.get(0).key();
      String name = key.substring(ALL.length(), key.indexOf('/', ALL.length()));
      names.add(name);
      // '0' follows '/': the first key that is not under this project.
      next = objects.list(ALL, ALL + name + "0", 1);
    }
    return names;
  }

  /** Immutable bytes. */
  public BlobStore blobs() {
    return blobs;
  }

  /** Kinds with files. */
  public ArtifactStore artifacts() {
    return artifacts;
  }

  /** Commits of stages. */
  public StageResults results() {
    return new StageResults(objects, root + "stages/", artifacts);
  }

  /**
   * Who works on which stage, as seen by one observer; to be kept, since it is by watching that it
   * learns which leases are expired.
   *
   * @param timeToLive how long a lease lasts without renewal; the same for all observers
   */
  public Leases leases(Duration timeToLive) {
    return leases(timeToLive, System::nanoTime);
  }

  /** As above, with the observer's monotonic clock in nanoseconds. */
  public Leases leases(Duration timeToLive, LongSupplier nanoClock) {
    return new Leases(objects, root + "stages/", timeToLive, nanoClock);
  }

  /** Points that a stage can go on from. */
  public ProgressStore progress(String stageKey) {
    String prefix = stage(stageKey) + "progress/";
    return new ProgressStore(objects, prefix, new BlobStore(objects, prefix + "blobs/"), views);
  }

  /** Whether somebody wants a stage who does not reach the process that works on it. */
  public Interest interest(String stageKey) {
    String stage = stage(stageKey);
    return new Interest(objects, stage + "progress/wanted", stage + "lease.json");
  }

  /** What a stage logged. */
  public EventLog events(String stageKey) {
    return new EventLog(objects, stage(stageKey) + "events/");
  }

  /** Experiments, models, datasets. */
  public Records records() {
    return new Records(objects, root, copies);
  }

  /**
   * What of the project nothing names any more.
   *
   * @param grace how long it stays before it goes
   */
  public GarbageCollection garbage(Duration grace, GarbageCollection.Watcher watcher) {
    return new GarbageCollection(objects, root, grace, watcher);
  }

  /**
   * A record with all that it names, for another store.
   *
   * @param path of the record
   * @param companions what else goes with it, for whoever unpacks it
   * @throws StoreException.NotFound if there is none
   */
  public Packing pack(String path, JsonNode companions) {
    VersionedRecord record =
        records()
            .find(path)
            .orElseThrow(() -> new StoreException.NotFound("there is no " + root + path, null));
    return new Packing(objects, root, artifacts(), blobs(), record, companions);
  }

  private String stage(String stageKey) {
    return root + "stages/" + StoreName.require(stageKey, "stage key") + "/";
  }
}
