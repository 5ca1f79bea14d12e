package dev.kedge.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A stage that is being made, and from whose saved progress its next attempt would go on.
 *
 * @param folder where it lies in the store, with {@code /} at its end
 */
record UnfinishedStage(ObjectStore store, String folder) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_OBJECTS = 100_000;
  private static final String RESULT = "result.json";
  private static final String LEASE = "lease.json";
  private static final String MANIFESTS = "progress/manifests/";
  private static final String BLOBS = "progress/blobs/";

  /** All of a project, in order. */
  static List<UnfinishedStage> of(ObjectStore store, String project) {
    String stages = "projects/%s/stages/".formatted(project);
    TreeMap<String, List<ObjectInfo>> byFolder =
        store.list(stages, "", MOST_OBJECTS).stream()
            .collect(
                groupingBy(
                    object ->
                        object.key().substring(0, object.key().indexOf('/', stages.length()) + 1),
                    TreeMap::new,
                    toList()));
    return byFolder.entrySet().stream()
        .filter(one -> !has(one.getValue(), one.getKey() + RESULT))
        .filter(one -> has(one.getValue(), one.getKey() + MANIFESTS))
        .map(one -> new UnfinishedStage(store, one.getKey()))
        .toList();
  }

  private static boolean has(List<ObjectInfo> objects, String beginning) {
    return objects.stream().anyMatch(object -> object.key().startsWith(beginning));
  }

  /** Number of the process that holds the stage's lease; empty if nobody does. */
  Optional<Long> holder() throws IOException {
    try {
      var lease = JSON.readTree(store.get(folder + LEASE).bytes());
      String holder = lease.required("holder").asText();
      return lease.required("released").asBoolean()
          ? Optional.empty()
          : Optional.of(Long.valueOf(holder.substring(holder.lastIndexOf('/') + 1)));
    } catch (StoreException.NotFound nobody) {
      return Optional.empty();
    }
  }

  /**
   * What the next attempt would read first: files that the newest manifest names. None if the stage
   * has been committed.
   */
  List<ObjectInfo> newestFiles() {
    Optional<String> manifest =
        store.list(folder + MANIFESTS, "", MOST_OBJECTS).stream()
            .max(Comparator.comparing(ObjectInfo::key))
            .map(object -> new String(store.get(object.key()).bytes(), StandardCharsets.UTF_8));
    if (manifest.isEmpty() || store.head(folder + RESULT).isPresent()) {
      return List.of();
    }
    return store.list(folder + BLOBS, "", MOST_OBJECTS).stream()
        .filter(file -> file.size() > 0 && manifest.get().contains(digest(file)))
        .toList();
  }

  private static String digest(ObjectInfo file) {
    return file.key().substring(file.key().lastIndexOf('/') + 1);
  }
}
