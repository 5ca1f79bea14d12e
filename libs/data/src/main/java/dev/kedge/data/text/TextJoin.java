package dev.kedge.data.text;

import com.fasterxml.jackson.databind.MappingIterator;
import dev.kedge.data.MergeProgress;
import dev.kedge.data.PartFolders;
import dev.kedge.data.Quarantine;
import dev.kedge.data.Quarantined;
import dev.kedge.data.UnusableDatasetException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/** Joins parts to prepared text: of records with the same id the first one stays. */
final class TextJoin implements Closeable {
  private final Path target;
  private final RecordWriter writer;
  private final double maxQuarantinedFraction;
  private Quarantine quarantine;
  private BitSet repeated;
  private int record;

  TextJoin(Path target, long maxShardBytes, double maxQuarantinedFraction) throws IOException {
    this.target = target;
    this.maxQuarantinedFraction = maxQuarantinedFraction;
    this.writer = new RecordWriter(target, maxShardBytes);
  }

  /**
   * Writes what is in all parts.
   *
   * @param progress told of every part twice, before its ids are read and before it is written, and
   *     at the end
   */
  void join(List<Path> folders, MergeProgress progress) throws IOException {
    List<TextPartFiles> parts = folders.stream().map(TextPartFiles::new).toList();
    long records = 0;
    long leftOut = 0;
    for (TextPartFiles part : parts) {
      TextPartFiles.Summary summary = part.summary();
      records += summary.records();
      leftOut += summary.leftOut();
    }
    quarantine = new Quarantine("records", maxQuarantinedFraction, records + leftOut);
    Path scratch = Files.createDirectories(target.resolve("ids"));
    int steps = 2 * parts.size();
    repeated = RepeatedIds.in(parts, records, scratch, done -> progress.done(done, steps));
    PartFolders.delete(scratch);
    for (int done = 0; done < parts.size(); done++) {
      progress.done(parts.size() + done, steps);
      add(parts.get(done));
    }
    progress.done(steps, steps);
  }

  private void add(TextPartFiles part) throws IOException {
    List<List<String>> shapes = part.summary().shapes();
    try (MappingIterator<TextItem> items = part.readItems();
        InputStream content =
            new BufferedInputStream(Files.newInputStream(part.records()), 1 << 16)) {
      while (items.hasNext()) {
        TextItem item = items.next();
        if (item.isRecord()) {
          byte[] json = content.readNBytes(item.length());
          content.skipNBytes(1);
          add(item, json, shapes.get(item.shape()));
        } else {
          quarantine.add(new Quarantined(item.id(), item.reason()));
        }
      }
    }
  }

  private void add(TextItem item, byte[] json, List<String> fields) throws IOException {
    if (repeated.get(record++)) {
      quarantine.add(new Quarantined(item.where(), "its id was used by an earlier record"));
    } else {
      writer.add(item, json, fields);
    }
  }

  /**
   * Completes the text.
   *
   * @throws UnusableDatasetException if there is no record, or too much was left out
   */
  TextManifest finish() throws IOException {
    return writer.finish(quarantine.accepted());
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
