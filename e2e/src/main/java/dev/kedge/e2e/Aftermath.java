package dev.kedge.e2e;

import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StageLookup;
import dev.kedge.store.garbage.Collected;
import dev.kedge.store.garbage.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the store holds of a project whose experiments have all succeeded, once nobody writes any
 * more: every result that was committed, whole, as it was committed first; and, after the garbage
 * was collected, nothing of what was only there on the way.
 *
 * @param store reached without the links
 * @param cache for what is read of the store itself
 * @param scratch folder for what is read on the way
 */
record Aftermath(ObjectStore store, BlobCache cache, Path scratch, SoakLog log) {
  private static final int MOST_OBJECTS = 100_000;

  /**
   * Looks, and collects the garbage without a time of grace.
   *
   * @param versions of the project's results
   * @return what is wrong
   */
  List<String> wrong(String project, List<CommitHistory.Version> versions, Damage damage)
      throws InterruptedException {
    List<String> wrong = new ArrayList<>(CommitHistory.wrong(versions, damage));
    int progress = progress(project).size();
    int arriving = arriving(project).size();
    Collected collected = collect(project);
    if (collected.removed().containsKey(Kind.STAGE)) {
      wrong.add("%s: no record names stages: %s".formatted(project, collected.removed()));
    }
    wrong.addAll(damaged(project));
    for (ObjectInfo left : progress(project)) {
      wrong.add("all stages have ended, and gc leaves " + left.key());
    }
    for (ObjectInfo left : arriving(project)) {
      wrong.add("nobody uploads any more, and gc leaves " + left.key());
    }
    log.say(
        "%s: %d stages committed, %d not once or not whole; on the way: %d saved before gc,"
                .formatted(project, committed(versions), wrong.size(), progress)
            + " %d half-way uploads".formatted(arriving));
    return wrong;
  }

  private static long committed(List<CommitHistory.Version> versions) {
    return versions.stream().map(CommitHistory.Version::key).distinct().count();
  }

  /** The first collection marks what it finds, and the second removes it. */
  private Collected collect(String project) {
    Collected unused = project(project).garbage(Duration.ZERO, (doing, done) -> {}).remove();
    return project(project).garbage(Duration.ZERO, (doing, done) -> {}).remove();
  }

  private List<String> damaged(String project) throws InterruptedException {
    List<String> damaged = new ArrayList<>();
    LaterReader reader = new LaterReader(store, project, cache, scratch);
    String stages = "projects/%s/stages/".formatted(project);
    for (ObjectInfo object : objects(stages)) {
      if (object.key().endsWith(CommittedResult.FILE)) {
        String key =
            object
                .key()
                .substring(stages.length(), object.key().length() - CommittedResult.FILE.length());
        StageLookup found = project(project).results().find(key);
        if (found instanceof StageLookup.Intact intact) {
          reader
              .complaint(intact.result().artifact())
              .ifPresent(said -> damaged.add("%s is not whole: %s".formatted(object.key(), said)));
        } else {
          damaged.add("%s is not whole: %s".formatted(object.key(), found));
        }
      }
    }
    return damaged;
  }

  private List<ObjectInfo> progress(String project) {
    return objects("projects/%s/stages/".formatted(project)).stream()
        .filter(object -> object.key().contains("/progress/"))
        .toList();
  }

  private List<ObjectInfo> arriving(String project) {
    return objects("projects/%s/blobs/arriving/".formatted(project));
  }

  private List<ObjectInfo> objects(String prefix) {
    return store.list(prefix, "", MOST_OBJECTS);
  }

  private ProjectStore project(String name) {
    return new ProjectStore(store, name, cache);
  }
}
