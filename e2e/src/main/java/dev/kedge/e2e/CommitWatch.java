package dev.kedge.e2e;

import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Sees the results of stages in the store again and again: what was committed stays as it is. */
final class CommitWatch implements AutoCloseable {
  private static final int MOST_OBJECTS = 100_000;
  private static final String RESULT = "/result.json";

  private final ObjectStore store;
  private final Map<String, ObjectInfo> firstSights = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "commits");
            made.setDaemon(true);
            return made;
          });
  private volatile String project = "";
  private volatile Optional<RuntimeException> blinded = Optional.empty();

  /**
   * Watches nothing yet.
   *
   * @param store reached without the links
   */
  CommitWatch(ObjectStore store) {
    this.store = store;
  }

  /** Looks once a second from now on. */
  CommitWatch start() {
    var unused = thread.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    return this;
  }

  /** Whose stages are watched from now on. */
  void moveTo(String project) {
    this.project = project;
  }

  /** Takes in which results there are now. */
  void look() {
    if (project.isEmpty()) {
      return;
    }
    try {
      results(project).forEach(result -> firstSights.putIfAbsent(result.key(), result));
    } catch (StoreException outOfSight) {
      // A fault; the next look sees what this one does not.
    } catch (RuntimeException unexpected) {
      blinded = Optional.of(unexpected);
    }
  }

  /** How many results of a project were seen. */
  long seen(String project) {
    return firstSights.keySet().stream().filter(key -> key.startsWith(stages(project))).count();
  }

  /**
   * Results of a project that are not now what they were when they were first seen, and what kept
   * this from being seen.
   */
  List<String> replaced(String project) {
    Stream<String> replaced =
        firstSights.values().stream()
            .filter(first -> first.key().startsWith(stages(project)))
            .flatMap(first -> replaced(first, now(first.key())))
            .sorted();
    return Stream.concat(
            replaced, blinded.map("a look at the results failed: %s"::formatted).stream())
        .toList();
  }

  private static Stream<String> replaced(ObjectInfo first, Optional<ObjectInfo> now) {
    if (now.isEmpty()) {
      return Stream.of("%s was committed and is gone".formatted(first.key()));
    }
    return now.get().equals(first)
        ? Stream.empty()
        : Stream.of("%s was committed twice: %s, then %s".formatted(first.key(), first, now.get()));
  }

  /** As listed: a listing tells times more finely than a look at one object. */
  private Optional<ObjectInfo> now(String key) {
    return store.list(key, "", 1).stream().findFirst();
  }

  private Stream<ObjectInfo> results(String of) {
    return store.list(stages(of), "", MOST_OBJECTS).stream()
        .filter(object -> object.key().endsWith(RESULT));
  }

  private static String stages(String project) {
    return "projects/%s/stages/".formatted(project);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
