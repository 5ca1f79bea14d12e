package dev.kedge.data.text;

import dev.kedge.data.Quarantined;
import dev.kedge.data.UnusableDatasetException;
import dev.kedge.data.source.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes prepared text of records or documents. They are streamed: what stays in memory is their ids
 * and what is left out, which is put in quarantine with its line and reason.
 *
 * @param maxQuarantinedFraction the largest share of all records that may be left out, in [0, 1]
 * @param maxShardBytes size of a shard
 */
public record TextPreparation(double maxQuarantinedFraction, long maxShardBytes) {
  private static final long DEFAULT_SHARD_BYTES = 64L << 20;
  private static final int NAMED_IN_ERRORS = 3;

  public TextPreparation {
    if (!(maxQuarantinedFraction >= 0 && maxQuarantinedFraction <= 1)) {
      throw new IllegalArgumentException(
          "max_quarantined_fraction must be from 0 to 1, got " + maxQuarantinedFraction);
    }
    if (maxShardBytes < 1 || maxShardBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shards must be from 1 byte to 2 GiB, got %d bytes".formatted(maxShardBytes));
    }
  }

  /** Shards of 64 MiB. */
  public TextPreparation(double maxQuarantinedFraction) {
    this(maxQuarantinedFraction, DEFAULT_SHARD_BYTES);
  }

  /** Told after every record; may throw to stop the work. */
  @FunctionalInterface
  public interface Progress {
    /** So many records were looked at, so many of them put in quarantine. */
    void examined(int done, int quarantined);
  }

  /** Prepares a source whose columns keep their names. */
  public TextManifest prepare(FileTree source, TextFormat format, Path target, Progress progress)
      throws IOException {
    return prepare(source, format, Columns.AS_THEY_ARE, target, progress);
  }

  /**
   * Prepares a source into an empty or missing folder.
   *
   * @return what was written as {@code manifest.json}
   * @throws UnusableDatasetException if there is no record, or too many are broken; the message
   *     names the first few
   */
  public TextManifest prepare(
      FileTree source, TextFormat format, Columns columns, Path target, Progress progress)
      throws IOException {
    try (RecordWriter writer = new RecordWriter(target, maxShardBytes)) {
      Admission admission = new Admission(writer, progress);
      format.read(source, columns, admission);
      admission.check(maxQuarantinedFraction);
      return writer.finish(admission.quarantine);
    }
  }

  private static final class Admission implements RecordSink {
    private final RecordWriter writer;
    private final Progress progress;
    private final List<Quarantined> quarantine = new ArrayList<>();

    Admission(RecordWriter writer, Progress progress) {
      this.writer = writer;
      this.progress = progress;
    }

    @Override
    public void record(TextRecord record, byte[] json) throws IOException {
      if (!writer.add(record, json)) {
        quarantine.add(new Quarantined(record.id(), "its id was used by an earlier record"));
      }
      told();
    }

    @Override
    public void broken(Quarantined place) {
      quarantine.add(place);
      told();
    }

    private void told() {
      progress.examined(writer.records() + quarantine.size(), quarantine.size());
    }

    void check(double maxQuarantinedFraction) {
      int total = writer.records() + quarantine.size();
      if (writer.records() == 0 || quarantine.size() > maxQuarantinedFraction * total) {
        throw new UnusableDatasetException(
            "%d of %d records are unusable, more than the allowed share of %s%s. Repair or remove them, or"
                .concat(
                    " allow more by a retry of the stage with --set max_quarantined_fraction=SHARE")
                .formatted(quarantine.size(), total, maxQuarantinedFraction, firstOf(quarantine)));
      }
    }

    private static String firstOf(List<Quarantined> quarantine) {
      String named =
          quarantine.stream()
              .limit(NAMED_IN_ERRORS)
              .map(Quarantined::toString)
              .collect(Collectors.joining(", ", ": ", ""));
      return quarantine.size() > NAMED_IN_ERRORS ? named + ", …" : named;
    }
  }
}
