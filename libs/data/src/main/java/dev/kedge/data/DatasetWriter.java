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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Joins prepared parts to a data set: shards, index and, last, the manifest. */
final class DatasetWriter implements Closeable, PartFiles.Sink {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final ObjectMapper LINES = new ObjectMapper();

  private final Path folder;
  private final List<String> classes;
  private final int[] counts;
  private final int[] leftOutOf;
  private final List<Shard> shards = new ArrayList<>();
  private final List<ArrayList<Quarantined>> firstLeftOut;
  private final Quarantine quarantine;
  private final BufferedWriter index;
  private final MessageDigest digest = Digests.sha256();
  private final PictureStatistics statistics = new PictureStatistics();
  private int samples;
  private long bytes;

  DatasetWriter(Path folder, List<String> classes, Quarantine quarantine) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.classes = classes;
    this.counts = new int[classes.size()];
    this.leftOutOf = new int[classes.size()];
    this.firstLeftOut = Stream.generate(ArrayList<Quarantined>::new).limit(classes.size()).toList();
    this.quarantine = quarantine;
    this.index = Files.newBufferedWriter(folder.resolve(DatasetManifest.INDEX_FILE));
  }

  /**
   * Appends a part; one of which nothing is left has no shard.
   *
   * @return how many files were left out of it
   */
  int add(PartFiles part) throws IOException {
    int before = samples;
    long leftOut = quarantine.count();
    part.read(this);
    if (samples > before) {
      String name = "%06d.tar".formatted(shards.size());
      Path shard = folder.resolve(name);
      Files.copy(part.shard(), shard);
      shards.add(new Shard(name, Files.size(shard), samples - before));
    }
    return (int) (quarantine.count() - leftOut);
  }

  @Override
  public void kept(IndexedSample sample, PictureFacts facts) throws IOException {
    index.write(LINES.writeValueAsString(sample.inShard(shards.size())));
    index.write('\n');
    digest.update(
        "%d %s\n".formatted(sample.label(), sample.digest()).getBytes(StandardCharsets.US_ASCII));
    sample
        .captions()
        .forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
    counts[sample.label()]++;
    samples++;
    bytes += sample.length();
    statistics.see(sample, facts);
  }

  @Override
  public void leftOut(LeftOut file) {
    quarantine.add(file.quarantined());
    leftOutOf[file.label()]++;
    if (firstLeftOut.get(file.label()).size() < Quarantine.NAMED) {
      firstLeftOut.get(file.label()).add(file.quarantined());
    }
  }

  /**
   * Completes the data set.
   *
   * @throws UnusableDatasetException if too much was left out, or all of a class
   */
  DatasetManifest finish() throws IOException {
    close();
    List<Quarantined> leftOut = quarantine.accepted();
    for (int label = 0; label < counts.length; label++) {
      requireSample(label);
    }
    DatasetManifest manifest =
        new DatasetManifest(
            DatasetManifest.FORMAT,
            classes,
            IntStream.of(counts).boxed().toList(),
            samples,
            bytes,
            HexFormat.of().formatHex(digest.digest()),
            shards,
            statistics.formats(),
            statistics.widths(),
            statistics.heights(),
            statistics.duplicates(),
            leftOut);
    JSON.writeValue(folder.resolve(DatasetManifest.FILE).toFile(), manifest);
    return manifest;
  }

  private void requireSample(int label) {
    if (counts[label] == 0) {
      throw new UnusableDatasetException(
          "class '%s' has no readable picture left: %s. Repair one, or leave the class out of the data"
              .formatted(
                  classes.get(label),
                  Quarantine.firstOf(firstLeftOut.get(label), leftOutOf[label])));
    }
  }

  @Override
  public void close() throws IOException {
    index.close();
  }
}
