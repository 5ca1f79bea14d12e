package dev.kedge.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder of the file system. Links are refused, not followed. */
final class FolderTree implements FileTree {
  private final Contents<Path> contents = new Contents<>();
  private final Path link;

  FolderTree(Path root, Path scratch) throws IOException {
    this.link = scratch.resolve("linked");
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        add(root, path);
      }
    }
  }

  private void add(Path root, Path path) throws IOException {
    String name = TreeName.of(root, path);
    if (!path.equals(root) && Files.isSymbolicLink(path)) {
      throw TreePath.refused(name, "is a link");
    }
    if (Files.isRegularFile(path)) {
      contents.add(new TreeFile(name, Files.size(path)), path);
    } else if (Files.isDirectory(path)) {
      contents.addFolder(name);
    } else {
      contents.add(new TreeFile(name, 0, false), path);
    }
  }

  @Override
  public List<TreeFile> files() {
    return contents.files();
  }

  @Override
  public List<String> emptyFolders() {
    return contents.emptyFolders();
  }

  @Override
  public InputStream open(TreeFile file) throws IOException {
    Path path = contents.place(file);
    return file.isRegular() ? Files.newInputStream(path) : InputStream.nullInputStream();
  }

  @Override
  public Path onDisk(TreeFile file) throws IOException {
    Files.deleteIfExists(link);
    return Files.createSymbolicLink(link, contents.place(file).toAbsolutePath());
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(link);
  }
}
