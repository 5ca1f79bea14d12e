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
    Cut from = Cut.at(source, format, share.first(bytes));
    boolean isLast = share.index() + 1 == share.count();
    Cut to = isLast ? new Cut(source.files().size(), 0) : Cut.at(source, format, share.end(bytes));
    if (from.file() == to.file()) {
      List<Integer> numbers = numbersAt(source, List.of(from, to));
      return new TextShare(from.place(numbers.get(0)), to.place(numbers.get(1)));
    }
    return new TextShare(
        from.place(numbersAt(source, List.of(from)).get(0)),
        to.place(numbersAt(source, List.of(to)).get(0)));
  }

  /**
   * Where a share ends, before it is known which line or row that is.
   *
   * @param file position of the file among the source's
   * @param bytes of the file that lie before; 0 if it is not cut
   */
  private record Cut(int file, long bytes) {
    /** In the first file that begins at so many bytes of all files, or can be cut there. */
    static Cut at(FileTree source, TextFormat format, long bytes) {
      List<TreeFile> files = source.files();
      long before = 0;
      int position = 0;
      while (position < files.size() && before < bytes) {
        TreeFile file = files.get(position);
        if (bytes < before + file.bytes() && format.canBeCut(file)) {
          return new Cut(position, bytes - before);
        }
        before += file.bytes();
        position++;
      }
      return new Cut(position, 0);
    }

    TextPlace place(int number) {
      return new TextPlace(file, bytes == 0 ? 1 : number);
    }
  }

  /** The lines or rows at cuts of one file, which is read once. */
  private static List<Integer> numbersAt(FileTree source, List<Cut> cuts) throws IOException {
    if (cuts.stream().allMatch(cut -> cut.bytes() == 0)) {
      return cuts.stream().map(cut -> 1).toList();
    }
    TreeFile file = source.files().get(cuts.get(0).file());
    try {
      return new TableFile(source, file).numbersAt(cuts.stream().map(Cut::bytes).toList());
    } catch (ZipException e) {
      throw FileTree.damaged(file, e);
    }
  }
}
