package dev.kedge.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A prepared data set on disk: any sample in constant time. Safe for use by many threads. */
public final class PreparedDataset {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DatasetManifest manifest;
  private final MappedShards shards;

  private PreparedDataset(DatasetManifest manifest, MappedShards shards) {
    this.manifest = manifest;
    this.shards = shards;
    for (IndexedSample sample : shards.index()) {
      if (sample.label() < 0 || sample.label() >= manifest.classes().size()) {
        throw MappedShards.outside(sample);
      }
    }
  }

  /**
   * Opens a folder that {@link DatasetPreparation} wrote.
   *
   * @throws UnusableDatasetException if it is no such folder, or index and shards do not agree
   */
  public static PreparedDataset open(Path folder) {
    try {
      DatasetManifest manifest =
          JSON.readValue(folder.resolve(DatasetManifest.FILE).toFile(), DatasetManifest.class);
      Path index = folder.resolve(DatasetManifest.INDEX_FILE);
      return new PreparedDataset(
          manifest, MappedShards.open(index, manifest.shards(), manifest.samples()));
    } catch (IOException e) {
      throw new UnusableDatasetException(
          "'%s' is no prepared data set: %s".formatted(folder.getFileName(), e.getMessage()), e);
    }
  }

  public DatasetManifest manifest() {
    return manifest;
  }

  /** Class names; a label is a position in this list. */
  public List<String> classes() {
    return manifest.classes();
  }

  /** How many samples there are. */
  public int size() {
    return samples().size();
  }

  /** All samples, in order. */
  public List<IndexedSample> samples() {
    return shards.index();
  }

  /** The class of a sample, counted from 0. */
  public int label(int sample) {
    return samples().get(sample).label();
  }

  /** The encoded picture of a sample. */
  public byte[] picture(int sample) {
    return shards.bytes(sample);
  }

  /** Its deterministic split into a training and a validation part. */
  public Split split(double validationFraction, long seed) {
    return Split.of(samples(), validationFraction, seed);
  }
}
