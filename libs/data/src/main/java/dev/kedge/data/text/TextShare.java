package dev.kedge.data.text;

import dev.kedge.data.Share;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipException;

/**
 * A share of a source of text: files, of which tables are cut where a line or row begins, and
 * documents stay whole.
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

  /** The first file, line or row that begins at so many bytes of all files, or later. */
  private static TextPlace place(FileTree source, TextFormat format, long bytes)
      throws IOException {
    List<TreeFile> files = source.files();
    long before = 0;
    int position = 0;
    while (position < files.size() && before < bytes) {
      TreeFile file = files.get(position);
      if (bytes < before + file.bytes() && format.canBeCut(file)) {
        return new TextPlace(position, numberAt(source, file, bytes - before));
      }
      before += file.bytes();
      position++;
    }
    return new TextPlace(position, 1);
  }

  private static int numberAt(FileTree source, TreeFile file, long bytes) throws IOException {
    try {
      return new TableFile(source, file).numberAt(bytes);
    } catch (ZipException e) {
      throw FileTree.damaged(file, e);
    }
  }
}
