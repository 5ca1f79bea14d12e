package dev.kedge.cli.transfer;

import dev.kedge.cli.UserMistakeException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files of a folder, without hidden ones and what is in hidden folders. */
final class VisibleFiles {
  private VisibleFiles() {}

  /**
   * Files by their path in the folder, with {@code /}, FIFOs, sockets and devices too; links to
   * files of the folder count as files, others are refused.
   */
  static SortedMap<String, Path> in(Path folder) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new VisibleFolders(folder) {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (isHidden(file)) {
              return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink()) {
              follow(file);
            }
            add(FileName.of(folder, file), file);
            return FileVisitResult.CONTINUE;
          }

          private void follow(Path link) throws IOException {
            if (!Files.isRegularFile(link) || !link.toRealPath().startsWith(folder.toRealPath())) {
              throw new UserMistakeException(
                  "%s is a link that leads to no file in %s: put a copy in its place"
                      .formatted(link, folder));
            }
          }

          private void add(String name, Path file) {
            if (files.put(name, file) != null) {
              throw new UserMistakeException(
                  "two files in %s are called %s, one of them in bytes that are not UTF-8: rename one"
                      .formatted(folder, name));
            }
          }
        });
    return files;
  }

  /**
   * Folders that hold no file, nor do folders in them, by their path in the folder, with {@code /}.
   *
   * @param files what is {@link #in} it
   */
  static SortedSet<String> emptyFolders(Path folder, SortedMap<String, Path> files)
      throws IOException {
    SortedSet<String> folders = new TreeSet<>();
    Files.walkFileTree(
        folder,
        new VisibleFolders(folder) {
          @Override
          public FileVisitResult postVisitDirectory(Path at, IOException failure)
              throws IOException {
            folders.add(FileName.of(folder, at));
            return super.postVisitDirectory(at, failure);
          }
        });
    folders.removeIf(name -> name.isEmpty() || holdsAny(name + "/", files));
    return folders;
  }

  private static boolean holdsAny(String prefix, SortedMap<String, Path> files) {
    SortedMap<String, Path> after = files.tailMap(prefix);
    return !after.isEmpty() && after.firstKey().startsWith(prefix);
  }

  /** Passes over hidden folders, unless it begins in one. */
  private static class VisibleFolders extends SimpleFileVisitor<Path> {
    private final Path root;

    VisibleFolders(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
      return at.equals(root) || !isHidden(at)
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }
}
