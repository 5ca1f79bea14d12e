package dev.kedge.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A point a stage can go on from.
 *
 * @param epoch fencing token of the lease under which it was saved
 * @param step how far the stage was; rises within an epoch
 * @param state small things: data cursor, counters, random state
 * @param files large things by relative path: weights, optimiser moments
 */
public record Progress(long epoch, long step, JsonNode state, SortedMap<String, Blob> files) {
  /** Checks numbers and paths. */
  public Progress {
    if (epoch < 1 || step < 0) {
      throw new IllegalArgumentException(
          "progress at epoch " + epoch + ", step " + step + ": epochs begin at 1, steps at 0");
    }
    files.keySet().forEach(ArtifactPath::require);
    ArtifactPath.requireNoFileInsideAFile(files.keySet());
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }
}
