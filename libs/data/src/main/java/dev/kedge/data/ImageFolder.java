package dev.kedge.data;

import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The layout {@code CLASS/NAME.jpg}: a picture's class is the folder that holds it; classes and
 * pictures are sorted. Folders around all of it, as archives often have, do not count.
 */
public final class ImageFolder {
  private ImageFolder() {}

  /**
   * Finds classes and candidates; reads no file.
   *
   * @throws UnusableDatasetException if nothing lies as {@code CLASS/NAME}
   */
  public static PictureListing of(FileTree tree) {
    int depth = enclosingFolders(tree.files());
    TreeSet<String> classes = new TreeSet<>();
    List<TreeFile> placed = new ArrayList<>();
    List<Quarantined> misplaced = new ArrayList<>();
    for (TreeFile file : tree.files()) {
      List<String> parts = file.parts();
      if (parts.size() == depth + 2) {
        classes.add(parts.get(depth));
        placed.add(file);
      } else {
        misplaced.add(new Quarantined(file.path(), "not at CLASS/NAME"));
      }
    }
    if (placed.isEmpty()) {
      throw new UnusableDatasetException(
          "no file lies as CLASS/NAME.jpg among %d files%s: %sput each picture into a folder named by its class"
              .formatted(tree.files().size(), example(misplaced), OtherLayout.hint(tree.files())));
    }
    List<String> names = List.copyOf(classes);
    return new PictureListing(
        names,
        placed.stream()
            .map(
                f ->
                    new PictureListing.Candidate(
                        f, Collections.binarySearch(names, f.parts().get(depth)), List.of()))
            .toList(),
        misplaced);
  }

  /** Folders where classes lie and no file does, sorted: they are no classes of the data. */
  public static List<String> emptyClasses(FileTree tree) {
    int depth = enclosingFolders(tree.files());
    Set<String> held =
        tree.files().stream()
            .filter(file -> file.parts().size() > depth + 1)
            .map(file -> firstParts(file.parts(), depth + 1))
            .collect(Collectors.toSet());
    return tree.emptyFolders().stream()
        .map(folder -> List.of(folder.split("/")))
        .filter(parts -> parts.size() > depth)
        .map(parts -> firstParts(parts, depth + 1))
        .filter(folder -> !held.contains(folder))
        .distinct()
        .sorted()
        .toList();
  }

  private static String firstParts(List<String> parts, int count) {
    return String.join("/", parts.subList(0, count));
  }

  private static String example(List<Quarantined> files) {
    return files.isEmpty() ? "" : ", for example '" + files.get(0).path() + "'";
  }

  /** How many leading folders all files share, as long as CLASS/NAME is left of the deepest. */
  private static int enclosingFolders(List<TreeFile> files) {
    int shared = files.stream().mapToInt(f -> f.parts().size()).max().orElse(2) - 2;
    for (int depth = 0; depth < shared; depth++) {
      String prefix = files.get(0).parts().get(depth);
      int at = depth;
      if (!files.stream().allMatch(f -> partIs(f.parts(), at, prefix))) {
        return depth;
      }
    }
    return Math.max(0, shared);
  }

  private static boolean partIs(List<String> parts, int at, String name) {
    return parts.size() > at + 1 && parts.get(at).equals(name);
  }
}
