package dev.kedge.data.text;

import dev.kedge.data.Share;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A share of a source of text: files, which are cut where a line of JSON Lines begins. Rows of CSV
 * have no places to be seen from outside, since quotes may hold lines; documents and Parquet files
 * stay whole too.
 *
 * @param from where it begins
 * @param to where the next one does
 */
record TextShare(TextPlace from, TextPlace to) {
  static TextShare of(FileTree source, TextFormat format, Share share) throws IOException {
    long bytes = source.files().stream().mapToLong(TreeFile::bytes).sum();
    TextPlace end = new TextPlace(source.files().size(), 1);
    boolean isFirst = share.index() == 0;
    boolean isLast = share.index() + 1 == share.count();
    return new TextShare(
        isFirst ? new TextPlace(0, 1) : place(source, format, share.first(bytes)),
        isLast ? end : place(source, format, share.end(bytes)));
  }

  /** The first file or line that begins at so many bytes of all files, or later. */
  private static TextPlace place(FileTree source, TextFormat format, long bytes)
      throws IOException {
    List<TreeFile> files = source.files();
    long before = 0;
    int position = 0;
    while (position < files.size() && before < bytes) {
      TreeFile file = files.get(position);
      if (bytes < before + file.bytes() && format.isOfLines(file)) {
        return new TextPlace(position, lineAt(source, file, bytes - before));
      }
      before += file.bytes();
      position++;
    }
    return new TextPlace(position, 1);
  }

  private static int lineAt(FileTree source, TreeFile file, long bytes) throws IOException {
    try (InputStream in = source.open(file)) {
      return Lines.numberAt(in, bytes);
    }
  }
}
