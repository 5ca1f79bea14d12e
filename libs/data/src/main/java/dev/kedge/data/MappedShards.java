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
 * Prepared shards and their index: the bytes of any record in constant time. Safe for use by many
 * threads; the maps go when the object does.
 */
public final class MappedShards {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AGAIN = ": prepare the data set again";

  private final List<IndexedSample> index;
  private final List<ByteBuffer> shards;

  private MappedShards(List<IndexedSample> index, List<ByteBuffer> shards) {
    this.index = index;
    this.shards = shards;
    index.forEach(this::check);
  }

  /**
   * Opens what a manifest tells of.
   *
   * @param index file of the index
   * @param shards the manifest's
   * @param count how many records the manifest has
   * @throws UnusableDatasetException if manifest, index and shards do not agree
   */
  public static MappedShards open(Path index, List<Shard> shards, int count) throws IOException {
    List<IndexedSample> records = read(index);
    if (records.size() != count) {
      throw new UnusableDatasetException(
          "the index has %d records, the manifest %d".formatted(records.size(), count) + AGAIN);
    }
    return new MappedShards(records, maps(index.getParent(), shards));
  }

  private static List<IndexedSample> read(Path index) throws IOException {
    try (MappingIterator<IndexedSample> lines =
        JSON.readerFor(IndexedSample.class).readValues(index.toFile())) {
      SampleColumns.Builder columns = new SampleColumns.Builder();
      while (lines.hasNextValue()) {
        columns.add(lines.nextValue());
      }
      return columns.build();
    }
  }

  private static List<ByteBuffer> maps(Path folder, List<Shard> shards) throws IOException {
    List<ByteBuffer> maps = new ArrayList<>();
    for (Shard shard : shards) {
      try (FileChannel channel = FileChannel.open(folder.resolve(shard.name()))) {
        if (channel.size() != shard.bytes()) {
          throw new UnusableDatasetException(
              "shard '%s' has %d bytes, its manifest says %d"
                      .formatted(shard.name(), channel.size(), shard.bytes())
                  + AGAIN);
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
      throw outside(place);
    }
  }

  static UnusableDatasetException outside(IndexedSample place) {
    return new UnusableDatasetException("the index points outside the data set, " + place + AGAIN);
  }

  /** All places, in order. */
  public List<IndexedSample> index() {
    return index;
  }

  /** The bytes of a record, counted from 0. */
  public byte[] bytes(int record) {
    IndexedSample place = index.get(record);
    byte[] bytes = new byte[place.length()];
    shards.get(place.shard()).get((int) place.offset(), bytes);
    return bytes;
  }
}
