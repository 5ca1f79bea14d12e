package dev.kedge.orchestrator;

import dev.kedge.data.Digests;
import dev.kedge.data.IndexedSample;
import dev.kedge.data.SamplePlaces;
import dev.kedge.data.UnusableDatasetException;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StoredFiles;
import dev.kedge.stage.StoredStream;
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
    places = places(artifact, samples);
  }

  /** An index that cannot be read may be spoilt in the store, which is another matter. */
  private SamplePlaces places(String artifact, Set<String> samples) {
    StoredStream index = open(artifact, SamplePlaces.INDEX);
    try {
      return SamplePlaces.of(open(artifact, SamplePlaces.MANIFEST), index, samples);
    } catch (UnusableDatasetException e) {
      index.requireSound();
      throw e;
    }
  }

  private StoredStream open(String artifact, String name) {
    Blob file = files.get(name);
    if (file == null) {
      throw StageException.user(
          "NO_DATASET", "%s is no prepared data set: no %s".formatted(artifact, name));
    }
    return stored.open(file);
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
