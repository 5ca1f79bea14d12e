package dev.kedge.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Writes a prepared data set: shards, index and, last, the manifest. */
final class DatasetWriter implements Closeable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final ObjectMapper LINES = new ObjectMapper();

  private final Path folder;
  private final List<String> classes;
  private final int[] counts;
  private final ShardWriter shards;
  private final BufferedWriter index;
  private final MessageDigest digest = Digests.sha256();
  private int samples;
  private long bytes;

  DatasetWriter(Path folder, List<String> classes, long maxShardBytes) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.classes = classes;
    this.counts = new int[classes.size()];
    this.shards = new ShardWriter(folder, maxShardBytes);
    this.index = Files.newBufferedWriter(folder.resolve(DatasetManifest.INDEX_FILE));
  }

  void add(String source, int label, byte[] picture) throws IOException {
    IndexedSample sample = shards.add(source, label, picture);
    index.write(LINES.writeValueAsString(sample));
    index.write('\n');
    digest.update("%d %s\n".formatted(label, sample.digest()).getBytes(StandardCharsets.US_ASCII));
    counts[label]++;
    samples++;
    bytes += picture.length;
  }

  /** How many samples of a class were added. */
  int count(int label) {
    return counts[label];
  }

  DatasetManifest finish(List<Quarantined> quarantine) throws IOException {
    close();
    DatasetManifest manifest =
        new DatasetManifest(
            DatasetManifest.FORMAT,
            classes,
            IntStream.of(counts).boxed().toList(),
            samples,
            bytes,
            HexFormat.of().formatHex(digest.digest()),
            shards.shards(),
            quarantine);
    JSON.writeValue(folder.resolve(DatasetManifest.FILE).toFile(), manifest);
    return manifest;
  }

  @Override
  public void close() throws IOException {
    index.close();
    shards.close();
  }
}
