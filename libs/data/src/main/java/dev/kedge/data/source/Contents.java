package dev.kedge.data.source;

import dev.kedge.data.UnusableDatasetException;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The table of contents of a tree while it is read.
 *
 * @param <E> where the tree keeps a file
 */
final class Contents<E> {
  private final TreeMap<String, Kept<E>> kept = new TreeMap<>();

  private final TreeSet<String> folders = new TreeSet<>();

  private record Kept<E>(TreeFile file, E place) {}

  /** Notes one file under its checked path; litter is passed over. */
  void add(TreeFile file, E place) {
    String checked = TreePath.checked(file.path());
    if (TreePath.isLitter(checked)) {
      addFolder(checked.substring(0, checked.lastIndexOf('/') + 1));
      return;
    }
    if (kept.put(checked, new Kept<>(file.at(checked), place)) != null) {
      throw new UnusableDatasetException(
          "the archive holds '%s' twice: pack the data again".formatted(checked));
    }
  }

  /**
   * Notes a folder by its checked path; not litter. Those around it are kept as its path: a few
   * letters of an archive may name thousands.
   */
  void addFolder(String path) {
    String folder = TreePath.checked(path) + "/";
    if (folder.length() > 1 && !TreePath.isLitter(folder)) {
      folders.add(folder);
    }
  }

  /** The folders that were noted and hold nothing, sorted. */
  List<String> emptyFolders() {
    return folders.stream()
        .filter(folder -> !isIn(folder, kept.ceilingKey(folder)))
        .map(folder -> folder.substring(0, folder.length() - 1))
        .toList();
  }

  private static boolean isIn(String folder, String path) {
    return path != null && path.startsWith(folder);
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
