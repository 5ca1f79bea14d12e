package dev.kedge.data;

import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the files that a table names. Only what is in the source is ever found: a path that leads
 * outside names nothing.
 */
final class NamedFiles {
  private final Map<String, TreeFile> files = new HashMap<>();
  private final Map<String, Optional<TreeFile>> byName = new HashMap<>();
  private final String folder;

  NamedFiles(FileTree tree, TreeFile table) {
    for (TreeFile file : tree.files()) {
      files.put(file.path(), file);
      byName.merge(name(file.path()), Optional.of(file), (one, other) -> Optional.empty());
    }
    folder = table.path().substring(0, table.path().lastIndexOf('/') + 1);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** By its path from the table's folder, or from the root. */
  Optional<TreeFile> find(String path) {
    String plain = path.startsWith("./") ? path.substring(2) : path;
    return Optional.ofNullable(files.getOrDefault(folder + plain, files.get(plain)));
  }

  /**
   * By its path, or else, where no folder is told, wherever the only file of that name lies. With a
   * folder, a file of the same name elsewhere is another one.
   */
  Optional<TreeFile> findAnywhere(String path) {
    return find(path).or(() -> byName.getOrDefault(path, Optional.empty()));
  }

  /** The one table of a source. */
  static TreeFile onlyTable(List<TreeFile> tables, String endings) {
    if (tables.size() != 1) {
      throw new UnusableDatasetException(
          "%d files could be the table%s: leave one %s beside the pictures"
              .formatted(
                  tables.size(),
                  tables.isEmpty()
                      ? ""
                      : ", " + tables.stream().limit(3).map(TreeFile::path).toList(),
                  endings));
    }
    return tables.get(0);
  }
}
