package dev.kedge.data.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.kedge.data.Digests;
import dev.kedge.data.IndexedSample;
import dev.kedge.data.Quarantined;
import dev.kedge.data.Repetitions;
import dev.kedge.data.Spread;
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

/** Writes prepared text: shards, index and, last, the manifest. */
final class RecordWriter implements Closeable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final ObjectMapper LINES = new ObjectMapper();

  private final Path folder;
  private final RecordShards shards;
  private final BufferedWriter index;
  private final MessageDigest digest = Digests.sha256();
  private final CommonFields fields = new CommonFields();
  private final IntStream.Builder lengths = IntStream.builder();
  private final Repetitions repetitions = new Repetitions();
  private int records;
  private long bytes;

  RecordWriter(Path folder, long maxShardBytes) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.shards = new RecordShards(folder, maxShardBytes);
    this.index = Files.newBufferedWriter(folder.resolve(TextManifest.INDEX_FILE));
  }

  /** Appends a record with its fields. */
  void add(TextItem item, byte[] json, List<String> names) throws IOException {
    IndexedSample place = shards.add(item, json);
    index.write(LINES.writeValueAsString(place));
    index.write('\n');
    digest.update((place.digest() + "\n").getBytes(StandardCharsets.US_ASCII));
    fields.see(names);
    bytes += json.length;
    lengths.add(json.length);
    repetitions.see(HexFormat.fromHexDigitsToLong(item.text()));
    records++;
  }

  TextManifest finish(List<Quarantined> quarantine) throws IOException {
    close();
    TextManifest manifest =
        new TextManifest(
            TextManifest.FORMAT,
            fields.sorted(),
            records,
            bytes,
            HexFormat.of().formatHex(digest.digest()),
            shards.shards(),
            Spread.of(lengths.build().toArray()),
            repetitions.count(),
            quarantine);
    JSON.writeValue(folder.resolve(TextManifest.FILE).toFile(), manifest);
    return manifest;
  }

  @Override
  public void close() throws IOException {
    index.close();
    shards.close();
  }
}
