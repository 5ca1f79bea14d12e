package dev.kedge.data.text;

import dev.kedge.data.Quarantined;
import dev.kedge.data.UnusableDatasetException;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/** How records of text lie in files. */
public enum TextFormat {
  /**
   * Tables, told apart by their endings: JSON Lines, values separated by commas or tabs, Parquet.
   */
  RECORDS {
    @Override
    void read(FileTree source, TreeFile file, LineRange range, RecordSink sink) throws IOException {
      new TableFile(source, file).read(range, sink);
    }
  },
  /** Plain text in UTF-8: a document a file. */
  TEXT {
    @Override
    void read(FileTree source, TreeFile file, LineRange range, RecordSink sink) throws IOException {
      sink.at(1);
      try (InputStream in = source.open(file)) {
        Documents.read(file.path(), in, sink);
      }
    }
  };

  private List<String> endings() {
    return switch (this) {
      case RECORDS -> List.of(".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet");
      case TEXT -> List.of(".txt", ".md");
    };
  }

  /** Reads all files of a source under other names of their columns. */
  public void read(FileTree source, Columns columns, RecordSink sink) throws IOException {
    read(source, columns.renaming(sink));
  }

  /**
   * Reads all files of a source in the order of their paths; one record is in memory at a time.
   *
   * @throws UnusableDatasetException if no file has this format's ending
   */
  public void read(FileTree source, RecordSink sink) throws IOException {
    requireFiles(source);
    for (TreeFile file : source.files()) {
      readOne(source, file, sink);
    }
  }

  /**
   * Refuses a source that has nothing to read.
   *
   * @throws UnusableDatasetException if no file has this format's ending
   */
  void requireFiles(FileTree source) {
    if (source.files().stream().noneMatch(this::isNamed)) {
      throw new UnusableDatasetException(
          "none of %d files ends in %s%s: %s data has such files"
              .formatted(
                  source.files().size(),
                  String.join(" or ", endings()),
                  source.files().isEmpty()
                      ? ""
                      : ", for example not '%s'".formatted(source.files().get(0).path()),
                  name()));
    }
  }

  /**
   * Reads one file of a source; one without this format's endings, without a byte, or no regular
   * file is left out.
   *
   * @throws UnusableDatasetException if it is damaged as a whole
   */
  public void readOne(FileTree source, TreeFile file, RecordSink sink) throws IOException {
    readOne(source, file, LineRange.ALL, sink);
  }

  /** Reads a part of one, whose first line or row was told by {@link RecordSink#at}. */
  void readOne(FileTree source, TreeFile file, LineRange range, RecordSink sink)
      throws IOException {
    Optional<String> why = whyNotRead(file);
    if (why.isPresent()) {
      sink.at(1);
      sink.broken(new Quarantined(file.path(), why.get()));
      return;
    }
    try {
      read(source, file, range, sink);
    } catch (ZipException e) {
      throw FileTree.damaged(file, e);
    }
  }

  private Optional<String> whyNotRead(TreeFile file) {
    if (!file.isRegular()) {
      return Optional.of(TreeFile.IRREGULAR);
    }
    if (!isNamed(file)) {
      return Optional.of("does not end in " + String.join(" or ", endings()));
    }
    return file.bytes() == 0 ? Optional.of("an empty file") : Optional.empty();
  }

  /** Whether a file can be read from any of its lines or rows on. */
  boolean canBeCut(TreeFile file) {
    return this == RECORDS && isNamed(file);
  }

  /** Whether a file has one of this format's endings. */
  public boolean isNamed(TreeFile file) {
    return endings().stream().anyMatch(file.path()::endsWith);
  }

  abstract void read(FileTree source, TreeFile file, LineRange range, RecordSink sink)
      throws IOException;
}
