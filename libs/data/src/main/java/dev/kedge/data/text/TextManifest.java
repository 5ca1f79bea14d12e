package dev.kedge.data.text;

import dev.kedge.data.Quarantined;
import dev.kedge.data.Shard;
import dev.kedge.data.Spread;
import dev.kedge.data.UnusableDatasetException;
import java.util.List;

/**
 * What prepared text is: {@code manifest.json}.
 *
 * @param format version and kind of this layout
 * @param fields what every record has, sorted
 * @param records records in all
 * @param bytes bytes of all records as JSON
 * @param digest SHA-256 over every record's digest: equal data has equal digests
 * @param shards JSON Lines, in order
 * @param lengths bytes of a record as JSON; null in a manifest of an earlier version
 * @param duplicates records whose text is that of an earlier one
 * @param quarantine what was left out, and why
 */
public record TextManifest(
    String format,
    List<String> fields,
    int records,
    long bytes,
    String digest,
    List<Shard> shards,
    Spread lengths,
    int duplicates,
    List<Quarantined> quarantine) {

  /** The layout that this version writes and reads. */
  public static final String FORMAT = "text-1";

  /** The manifest's name in the folder. */
  public static final String FILE = "manifest.json";

  static final String INDEX_FILE = "index.jsonl";

  public TextManifest {
    fields = List.copyOf(fields);
    shards = List.copyOf(shards);
    quarantine = List.copyOf(quarantine);
    if (!FORMAT.equals(format)) {
      throw new UnusableDatasetException(
          "prepared data of format %s where text of format %s is read: prepare it again"
              .formatted(format, FORMAT));
    }
  }
}
