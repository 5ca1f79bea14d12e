package dev.kedge.data.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.data.MappedShards;
import dev.kedge.data.Split;
import dev.kedge.data.UnusableDatasetException;
import java.io.IOException;
import java.nio.file.Path;

/** Prepared text on disk: any record in constant time. Safe for use by many threads. */
public final class PreparedText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TextManifest manifest;
  private final MappedShards shards;

  private PreparedText(TextManifest manifest, MappedShards shards) {
    this.manifest = manifest;
    this.shards = shards;
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
      Path index = folder.resolve(TextManifest.INDEX_FILE);
      return new PreparedText(
          manifest, MappedShards.open(index, manifest.shards(), manifest.records()));
    } catch (IOException e) {
      throw new UnusableDatasetException(
          "'%s' is no prepared text: %s".formatted(folder.getFileName(), e.getMessage()), e);
    }
  }

  public TextManifest manifest() {
    return manifest;
  }

  /** How many records there are. */
  public int size() {
    return shards.index().size();
  }

  /** The name of a record, counted from 0. */
  public String id(int position) {
    return shards.index().get(position).source();
  }

  /** A record, counted from 0. */
  public TextRecord record(int position) {
    return TextRecord.read(id(position), shards.bytes(position));
  }

  /** Its deterministic split into a training and a validation part. */
  public Split split(double validationFraction, long seed) {
    return Split.of(shards.index(), validationFraction, seed);
  }
}
