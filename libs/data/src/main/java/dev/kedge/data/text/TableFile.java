package dev.kedge.data.text;

import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A file of records, which its ending tells the form of, and can be read from any record on. */
record TableFile(FileTree source, TreeFile file) {
  /** Reads the lines of a range, or the rows that begin in it. */
  void read(LineRange range, RecordSink sink) throws IOException {
    if (isParquet()) {
      ParquetRows.read(source, file, range, sink);
      return;
    }
    try (InputStream in = open()) {
      if (isSeparated()) {
        SeparatedValues.read(file.path(), in, range, sink);
      } else {
        JsonLines.read(file.path(), in, range, sink);
      }
    }
  }

  /**
   * The numbers of the first lines or rows that begin after so many bytes, counted from 1.
   *
   * @param bytes ascending
   */
  List<Integer> numbersAt(List<Long> bytes) throws IOException {
    if (isParquet()) {
      return ParquetRows.numbersAt(source, file, bytes);
    }
    try (InputStream in = open()) {
      return isSeparated()
          ? SeparatedValues.numbersAt(file.path(), in, bytes)
          : Lines.numbersAt(in, bytes);
    }
  }

  private boolean isParquet() {
    return file.path().endsWith(".parquet");
  }

  private boolean isSeparated() {
    return file.path().endsWith(".csv") || file.path().endsWith(".tsv");
  }

  private InputStream open() throws IOException {
    return new BufferedInputStream(source.open(file), 1 << 16);
  }
}
