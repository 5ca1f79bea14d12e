package dev.kedge.orchestrator;

import dev.kedge.data.Digests;
import dev.kedge.data.IndexedSample;
import dev.kedge.data.SamplePlaces;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StoredFiles;
import dev.kedge.store.Blob;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Some samples of a prepared data set, read one by one where they are stored. */
final class StoredSamples {
  private final StoredFiles stored;
  private final Map<String, Blob> files;
  private final SamplePlaces places;

  /**
   * Finds the samples.
   *
   * @param artifact the data set
   * @param samples their keys
   * @throws StageException blaming the user if the data set is not there any more
   */
  StoredSamples(StoredFiles stored, String artifact, Set<String> samples) {
    this.stored = stored;
    files = stored.of(artifact);
    places =
        SamplePlaces.of(
            file(artifact, SamplePlaces.MANIFEST), file(artifact, SamplePlaces.INDEX), samples);
  }

  private byte[] file(String artifact, String name) {
    return stored
        .file(artifact, name)
        .orElseThrow(
            () ->
                StageException.user(
                    "NO_DATASET", "%s is no prepared data set: no %s".formatted(artifact, name)));
  }

  /** The bytes of a sample; empty if the data set has none of that key. */
  Optional<byte[]> bytes(String sample) {
    return places.of(sample).map(this::read);
  }

  private byte[] read(IndexedSample place) {
    byte[] bytes = new byte[place.length()];
    stored.read(files.get(places.file(place)), place.offset(), bytes);
    if (!Digests.hex(bytes).equals(place.digest())) {
      throw StageException.user(
          "UNUSABLE_DATASET",
          "sample '%s' is not what the index says: prepare the data set again"
              .formatted(place.source()));
    }
    return bytes;
  }
}
