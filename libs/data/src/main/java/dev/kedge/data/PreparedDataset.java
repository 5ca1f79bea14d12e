package dev.kedge.data;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A prepared data set on disk: any sample in constant time, from mapped shards. Safe for use by
 * many threads; the maps go when the object does.
 */
public final class PreparedDataset {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DatasetManifest manifest;
  private final List<IndexedSample> samples;
  private final List<ByteBuffer> shards;

  private PreparedDataset(
      DatasetManifest manifest, List<IndexedSample> samples, List<ByteBuffer> shards) {
    this.manifest = manifest;
    this.samples = List.copyOf(samples);
    this.shards = shards;
    if (samples.size() != manifest.samples()) {
      throw new UnusableDatasetException(
          "the index has %d samples, the manifest %d: prepare the data set again"
              .formatted(samples.size(), manifest.samples()));
    }
    samples.forEach(this::check);
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
      return new PreparedDataset(manifest, index(folder), maps(folder, manifest.shards()));
    } catch (IOException e) {
      throw new UnusableDatasetException(
          "'%s' is no prepared data set: %s".formatted(folder.getFileName(), e.getMessage()), e);
    }
  }

  private static List<IndexedSample> index(Path folder) throws IOException {
    Path file = folder.resolve(DatasetManifest.INDEX_FILE);
    try (MappingIterator<IndexedSample> lines =
        JSON.readerFor(IndexedSample.class).readValues(file.toFile())) {
      return lines.readAll();
    }
  }

  private static List<ByteBuffer> maps(Path folder, List<Shard> shards) throws IOException {
    List<ByteBuffer> maps = new ArrayList<>();
    for (Shard shard : shards) {
      try (FileChannel channel = FileChannel.open(folder.resolve(shard.name()))) {
        if (channel.size() != shard.bytes()) {
          throw new UnusableDatasetException(
              "shard '%s' has %d bytes, its manifest says %d: prepare the data set again"
                  .formatted(shard.name(), channel.size(), shard.bytes()));
        }
        maps.add(channel.map(FileChannel.MapMode.READ_ONLY, 0, shard.bytes()));
      }
    }
    return List.copyOf(maps);
  }

  private void check(IndexedSample sample) {
    boolean inside =
        sample.label() >= 0
            && sample.label() < manifest.classes().size()
            && sample.shard() >= 0
            && sample.shard() < shards.size()
            && sample.offset() >= 0
            && sample.length() > 0
            && sample.offset() <= shards.get(sample.shard()).limit() - sample.length();
    if (!inside) {
      throw new UnusableDatasetException(
          "the index points outside the data set: %s; prepare it again".formatted(sample));
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
    return samples.size();
  }

  /** All samples, in order. */
  public List<IndexedSample> samples() {
    return samples;
  }

  /** The class of a sample, counted from 0. */
  public int label(int sample) {
    return samples.get(sample).label();
  }

  /** The encoded picture of a sample. */
  public byte[] picture(int sample) {
    IndexedSample place = samples.get(sample);
    byte[] bytes = new byte[place.length()];
    shards.get(place.shard()).get((int) place.offset(), bytes);
    return bytes;
  }

  /** Its deterministic split into a training and a validation part. */
  public Split split(double validationFraction, long seed) {
    return Split.of(samples, validationFraction, seed);
  }
}
