package dev.kedge.data;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes samples into tars that WebDataset loaders read: {@code KEY.jpg}, or {@code png}, {@code
 * webp} or {@code gif}, beside {@code KEY.cls}, the label in digits. Keys count the samples. The
 * same samples in the same order give the same bytes: nothing of the time or the machine gets in.
 */
final class ShardWriter implements Closeable {
  private static final int BLOCK = 512;
  private static final int TAIL = 2 * BLOCK;

  private final Path folder;
  private final long maxShardBytes;
  private final List<Shard> shards = new ArrayList<>();
  private int samples;

  private OutputStream file;
  private TarArchiveOutputStream tar;
  private int shardSamples;
  private long shardBytes;

  /** A writer of shards up to a size; a sample larger than that has a shard of its own. */
  ShardWriter(Path folder, long maxShardBytes) {
    this.folder = folder;
    this.maxShardBytes = maxShardBytes;
  }

  /** Appends one sample and says where its picture lies. */
  IndexedSample add(String source, int label, byte[] picture) throws IOException {
    byte[] digits = Integer.toString(label).getBytes(StandardCharsets.US_ASCII);
    long needed = entryBytes(picture.length) + entryBytes(digits.length);
    if (tar != null && shardBytes + needed + TAIL > maxShardBytes) {
      finishShard();
    }
    if (tar == null) {
      startShard();
    }
    String key = "%09d".formatted(samples++);
    long offset = shardBytes + BLOCK;
    entry(key + "." + PictureFormat.of(picture).ending(), picture);
    entry(key + ".cls", digits);
    shardSamples++;
    return new IndexedSample(
        source, label, Digests.hex(picture), shards.size(), offset, picture.length);
  }

  private static long entryBytes(long length) {
    return BLOCK + (length + BLOCK - 1) / BLOCK * BLOCK;
  }

  private void entry(String name, byte[] bytes) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    entry.setModTime(0L);
    entry.setIds(0, 0);
    entry.setMode(0644);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
    shardBytes += entryBytes(bytes.length);
  }

  private void startShard() throws IOException {
    Path path = folder.resolve(name());
    file = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
    tar = new TarArchiveOutputStream(file, BLOCK, StandardCharsets.US_ASCII.name());
    shardSamples = 0;
    shardBytes = 0;
  }

  private String name() {
    return "%06d.tar".formatted(shards.size());
  }

  private void finishShard() throws IOException {
    tar.close();
    shards.add(new Shard(name(), shardBytes + TAIL, shardSamples));
    tar = null;
  }

  /** Completes the last shard. */
  @Override
  public void close() throws IOException {
    if (tar != null) {
      finishShard();
    }
  }

  /** The shards that are complete. */
  List<Shard> shards() {
    return List.copyOf(shards);
  }
}
