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
  private final TreeMap<String, E> places = new TreeMap<>();
  private final TreeMap<String, TreeFile> files = new TreeMap<>();

  /** Notes one file under its checked path; litter is passed over. */
  void add(String path, long bytes, E place) {
    String checked = TreePath.checked(path);
    if (TreePath.isLitter(checked)) {
      return;
    }
    if (places.put(checked, place) != null) {
      throw new UnusableDatasetException(
          "the archive holds '%s' twice: pack the data again".formatted(checked));
    }
    files.put(checked, new TreeFile(checked, bytes));
  }

  /** All files, sorted by path. */
  List<TreeFile> files() {
    return List.copyOf(files.values());
  }

  /** Where a file is kept. */
  E place(TreeFile file) {
    E place = places.get(file.path());
    if (place == null) {
      throw new IllegalArgumentException("no file '%s' in this tree".formatted(file.path()));
    }
    return place;
  }
}
