package dev.kedge.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Points that one stage can go on from. Files go first and the manifest that names them last, so a
 * half-written one is never seen; the two newest are kept, so that the last good one is there even
 * if the newest turns out to be spoilt. Files lie under the stage, not among the project's blobs,
 * and go with the last manifest that names them.
 */
public final class ProgressStore {
  private static final int KEPT = 2;

  /** More manifests than one stage ever has: savers prune as they go. */
  private static final int ALL = 1_000;

  private final ObjectStore objects;
  private final String prefix;
  private final String manifests;
  private final BlobStore blobs;
  private final Views views;

  /**
   * Progress of one stage.
   *
   * @param prefix of the stage's progress, ends with {@code /}
   */
  ProgressStore(ObjectStore objects, String prefix, BlobStore blobs, Views views) {
    this.objects = objects;
    this.prefix = prefix;
    this.manifests = prefix + "manifests/";
    this.blobs = blobs;
    this.views = views;
  }

  /** Where the files of a progress are put before it is saved. */
  public BlobStore blobs() {
    return blobs;
  }

  /**
   * Makes a progress, whose files are stored already, the newest of its epoch, and drops all but
   * the two newest.
   *
   * @throws StoreException.NotFound if a file is missing
   */
  public void save(Progress progress) {
    progress.files().forEach(this::requireStored);
    objects.put(key(progress), CanonicalJson.write(progress), Condition.ALWAYS);
    prune();
  }

  private void requireStored(String path, Blob blob) {
    if (!blobs.contains(blob)) {
      throw new StoreException.NotFound(
          "progress names " + path + ", which is not in the store: put it there first", null);
    }
  }

  /**
   * The newest progress whose every file is what it should be, laid out to be read.
   *
   * @return empty if there is none; the stage begins at its beginning then
   */
  public Optional<Resumption> newest() {
    for (String manifest : newestFirst()) {
      try {
        Progress progress = read(manifest);
        return Optional.of(new Resumption(progress, views.of(progress.files(), blobs)));
      } catch (StoreException.NotFound | StoreException.Corrupt spoilt) {
        // An older one will do; nothing is lost but the steps between.
      }
    }
    return Optional.empty();
  }

  /** Drops everything, files too that no manifest came to name; for a stage that is committed. */
  public void clear() {
    newestFirst().forEach(objects::delete);
    List<ObjectInfo> left = objects.list(prefix, "", ALL);
    while (!left.isEmpty()) {
      left.forEach(object -> objects.delete(object.key()));
      left = objects.list(prefix, "", ALL);
    }
  }

  private void prune() {
    List<String> all = newestFirst();
    if (all.size() <= KEPT) {
      return;
    }
    Set<Blob> kept = new HashSet<>();
    all.subList(0, KEPT).forEach(manifest -> kept.addAll(filesOf(manifest)));
    List<String> dropped = all.subList(KEPT, all.size());
    Set<Blob> orphans = new HashSet<>();
    dropped.forEach(manifest -> orphans.addAll(filesOf(manifest)));
    orphans.removeAll(kept);
    dropped.forEach(objects::delete);
    orphans.forEach(blobs::delete);
  }

  private Set<Blob> filesOf(String manifest) {
    try {
      return Set.copyOf(read(manifest).files().values());
    } catch (StoreException.NotFound | StoreException.Corrupt unreadable) {
      return Set.of();
    }
  }

  private Progress read(String manifest) {
    return CanonicalJson.read(objects.get(manifest).bytes(), Progress.class, manifest);
  }

  private List<String> newestFirst() {
    List<String> keys = new ArrayList<>();
    objects.list(manifests, "", ALL).forEach(manifest -> keys.add(0, manifest.key()));
    return keys;
  }

  private String key(Progress progress) {
    return String.format(
        Locale.ROOT, "%s%010d-%015d.json", manifests, progress.epoch(), progress.step());
  }
}
