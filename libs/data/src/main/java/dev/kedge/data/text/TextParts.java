package dev.kedge.data.text;

import dev.kedge.data.Examined;
import dev.kedge.data.FinishedParts;
import dev.kedge.data.PartFolders;
import dev.kedge.data.Quarantined;
import dev.kedge.data.source.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes the parts of a share of a source, one after the other. Where a part ends is known when it
 * is full; it then says where the next one begins, so that those which were finished earlier are
 * found without reading what is in them again.
 */
final class TextParts implements RecordSink {
  private final long maxBytes;
  private final PartFolders folders;
  private final FinishedParts kept;
  private final TextPreparation.Progress progress;
  private TextPlace place;
  private TextPartWriter writer;
  private int parts;
  private int file;
  private int done;
  private int quarantined;

  TextParts(
      long maxBytes, PartFolders folders, FinishedParts kept, TextPreparation.Progress progress) {
    this.maxBytes = maxBytes;
    this.folders = folders;
    this.kept = kept;
    this.progress = progress;
  }

  /** Makes or finds them all. */
  Examined make(FileTree source, TextFormat format, Columns columns, TextShare share)
      throws IOException {
    TextPlace to = share.to();
    if (!share.from().isBefore(to)) {
      return new Examined(0, 0);
    }
    place = share.from();
    takeFinished(to);
    TextPlace start = place;
    RecordSink sink = columns.renaming(this);
    try {
      begin();
      for (file = start.file(); new TextPlace(file, 1).isBefore(to); file++) {
        int first = file == start.file() ? start.number() : 1;
        int end = file == to.file() ? to.number() : Integer.MAX_VALUE;
        format.readOne(source, source.files().get(file), new LineRange(first, end), sink);
      }
      writer.finish(null);
      return new Examined(done, quarantined);
    } finally {
      if (writer != null) {
        writer.close();
      }
    }
  }

  private void takeFinished(TextPlace to) throws IOException {
    for (Optional<Path> found = kept.find(place.name());
        found.isPresent();
        found = kept.find(place.name())) {
      TextPartFiles.Summary summary = new TextPartFiles(found.get()).summary();
      if (!summary.next().isBefore(to)) {
        // Made when more was read in one run.
        return;
      }
      folders.copy(found.get(), parts++);
      done += summary.records() + summary.leftOut();
      quarantined += summary.leftOut();
      progress.examined(done, quarantined);
      place = summary.next();
    }
  }

  private void begin() throws IOException {
    writer = new TextPartWriter(folders.part(parts), maxBytes);
  }

  @Override
  public void at(int number) throws IOException {
    if (writer.isFull()) {
      TextPlace next = new TextPlace(file, number);
      writer.finish(next);
      kept.keep(place.name(), folders.part(parts++));
      place = next;
      begin();
    }
  }

  @Override
  public void record(String found, TextRecord record, byte[] json) throws IOException {
    writer.keep(found, record, json);
    progress.examined(++done, quarantined);
  }

  @Override
  public void broken(Quarantined found) throws IOException {
    writer.leaveOut(found.path(), found.reason());
    progress.examined(++done, ++quarantined);
  }
}
