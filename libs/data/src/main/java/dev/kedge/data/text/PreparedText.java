package dev.kedge.data.text;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.IndexedSample;
import dev.kedge.data.Shard;
import dev.kedge.data.Split;
import dev.kedge.data.UnusableDatasetException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Prepared text on disk: any record in constant time, from mapped shards. Safe for use by many
 * threads; the maps go when the object does.
 */
public final class PreparedText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TextManifest manifest;
  private final List<IndexedSample> index;
  private final List<ByteBuffer> shards;

  private PreparedText(TextManifest manifest, List<IndexedSample> index, List<ByteBuffer> shards) {
    this.manifest = manifest;
    this.index = List.copyOf(index);
    this.shards = shards;
    if (index.size() != manifest.records()) {
      throw new UnusableDatasetException(
          "the index has %d records, the manifest %d: prepare the data set again"
              .formatted(index.size(), manifest.records()));
    }
    index.forEach(this::check);
  }

  /**
   * Opens a folder that {@link TextPreparation} wrote.
   *
   * @throws UnusableDatasetException if it is no such folder, or index and shards do not agree
   */
  public static PreparedText open(Path folder) {
    try {
      TextManifest manifest =
          JSON.readValue(folder.resolve(TextManifest.FILE).toFile(), TextManifest.class);
      return new PreparedText(manifest, index(folder), maps(folder, manifest.shards()));
    } catch (IOException e) {
      throw new UnusableDatasetException(
          "'%s' is no prepared text: %s".formatted(folder.getFileName(), e.getMessage()), e);
    }
  }

  private static List<IndexedSample> index(Path folder) throws IOException {
    Path file = folder.resolve(TextManifest.INDEX_FILE);
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

  private void check(IndexedSample place) {
    boolean inside =
        place.shard() >= 0
            && place.shard() < shards.size()
            && place.offset() >= 0
            && place.length() > 0
            && place.offset() <= shards.get(place.shard()).limit() - place.length();
    if (!inside) {
      throw new UnusableDatasetException(
          "the index points outside the data set: %s; prepare it again".formatted(place));
    }
  }

  public TextManifest manifest() {
    return manifest;
  }

  /** How many records there are. */
  public int size() {
    return index.size();
  }

  /** A record, counted from 0. */
  public TextRecord record(int position) {
    IndexedSample place = index.get(position);
    byte[] bytes = new byte[place.length()];
    shards.get(place.shard()).get((int) place.offset(), bytes);
    try {
      return new TextRecord(place.source(), (ObjectNode) JsonLines.JSON.readTree(bytes));
    } catch (IOException e) {
      throw new UnusableDatasetException(
          "record '%s' is damaged: prepare the data set again".formatted(place.source()), e);
    }
  }

  /** Its deterministic split into a training and a validation part. */
  public Split split(double validationFraction, long seed) {
    return Split.of(index, validationFraction, seed);
  }
}
