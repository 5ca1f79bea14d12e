package dev.kedge.e2e;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.store.Condition;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Spoils and deletes what stages have committed: the commit itself, the list of the result's files,
 * or the largest of them.
 *
 * @param store reached without the links
 * @param copies the nodes' folders of copies
 */
record ResultHarm(ObjectStore store, Path copies, Damage damage) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_OBJECTS = 100_000;

  /** These read the store itself, whatever copies there are. */
  private static final String STREAMS = "AVERAGE";

  /** Something of a result that is still to be read, if there is any. */
  Optional<String> inject(Fault fault, String project) throws IOException {
    List<CommittedResult> results =
        CommittedResult.of(store, project).stream()
            .filter(result -> !damage.isDone(project, result.key()))
            .toList();
    if (results.isEmpty()) {
      return Optional.empty();
    }
    CommittedResult result = results.get(fault.pick() % results.size());
    List<String> objects = objects(project, result);
    String object = objects.get(fault.pick() / results.size() % objects.size());
    // Before it is done: whoever meets it asks at once whether it was.
    damage.done(
        new Damage.Done(
            fault.kind(), project, object, result.artifact(), stages(project, result, object)));
    hurt(object, fault);
    return Optional.of("over, it was %s, for %s".formatted(object, result.readers()));
  }

  private void hurt(String object, Fault fault) {
    if (fault.kind() == Fault.Kind.DROP_RESULT) {
      store.delete(object);
    } else {
      store.put(object, fault.spoilt(store.get(object).bytes()), Condition.ALWAYS);
    }
  }

  private List<String> objects(String project, CommittedResult result) throws IOException {
    List<String> objects = new ArrayList<>();
    objects.add(stages(project) + result.key() + CommittedResult.FILE);
    String list = "projects/%s/artifacts/%s.json".formatted(project, hex(result.artifact()));
    objects.add(list);
    Optional<String> largest =
        StreamSupport.stream(
                JSON.readTree(store.get(list).bytes()).get("files").spliterator(), false)
            .filter(file -> file.get("size").asLong() > 0)
            .max(Comparator.comparingLong(file -> file.get("size").asLong()))
            .map(file -> hex(file.get("digest").asText()));
    if (largest.isPresent() && (result.readers().contains(STREAMS) || !isCopied(largest.get()))) {
      objects.add(
          "projects/%s/blobs/sha256/%s/%s"
              .formatted(project, largest.get().substring(0, 2), largest.get()));
    }
    return objects;
  }

  private boolean isCopied(String blob) {
    return Cluster.KEDGES.stream()
        .anyMatch(node -> Files.exists(copies.resolve(node).resolve("blobs").resolve(blob)));
  }

  /** Equal outputs of several stages are one artifact. */
  private Set<String> stages(String project, CommittedResult result, String object) {
    if (object.endsWith(CommittedResult.FILE)) {
      return Set.of(result.key());
    }
    String stages = stages(project);
    return store.list(stages, "", MOST_OBJECTS).stream()
        .map(ObjectInfo::key)
        .filter(key -> key.endsWith(CommittedResult.FILE))
        .filter(key -> result.artifact().equals(artifact(key)))
        .map(key -> key.substring(stages.length(), key.length() - CommittedResult.FILE.length()))
        .collect(toSet());
  }

  private String artifact(String result) {
    try {
      return JSON.readTree(store.get(result).bytes()).path("artifact").asText();
    } catch (IOException spoiltBefore) {
      return "";
    }
  }

  private static String stages(String project) {
    return "projects/%s/stages/".formatted(project);
  }

  private static String hex(String digest) {
    return digest.substring(digest.indexOf(':') + 1);
  }
}
