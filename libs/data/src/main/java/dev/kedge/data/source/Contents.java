package dev.kedge.data.source;

import dev.kedge.data.UnusableDatasetException;
import java.util.List;
import java.util.TreeMap;

/**
 * The table of contents of a tree while it is read.
 *
 * @param <E> where the tree keeps a file
 */
final class Contents<E> {
  private final TreeMap<String, Kept<E>> kept = new TreeMap<>();

  private record Kept<E>(TreeFile file, E place) {}

  /** Notes one file under its checked path; litter is passed over. */
  void add(String path, long bytes, E place) {
    String checked = TreePath.checked(path);
    if (TreePath.isLitter(checked)) {
      return;
    }
    if (kept.put(checked, new Kept<>(new TreeFile(checked, bytes), place)) != null) {
      throw new UnusableDatasetException(
          "the archive holds '%s' twice: pack the data again".formatted(checked));
    }
  }

  /** All files, sorted by path. */
  List<TreeFile> files() {
    return kept.values().stream().map(Kept::file).toList();
  }

  /** Where a file is kept. */
  E place(TreeFile file) {
    Kept<E> found = kept.get(file.path());
    if (found == null) {
      throw new IllegalArgumentException("no file '%s' in this tree".formatted(file.path()));
    }
    return found.place();
  }
}
