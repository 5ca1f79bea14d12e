package dev.kedge.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder of several tars: the files in them, beside the texts that tell about them. */
final class ShardTree implements FileTree {
  private static final String TAR = ".tar";
  private static final String TEXT = ".txt";

  private final List<FileTree> trees = new ArrayList<>();
  private final Contents<Place> contents = new Contents<>();

  private record Place(FileTree tree, TreeFile file) {}

  /** Whether a folder holds tars, and beside them nothing but texts. */
  static boolean isOne(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      List<String> names = children.map(file -> file.getFileName().toString()).toList();
      return names.stream().anyMatch(name -> name.endsWith(TAR))
          && names.stream().allMatch(name -> name.endsWith(TAR) || name.endsWith(TEXT));
    }
  }

  ShardTree(Path folder, Path scratch) throws IOException {
    try {
      FileTree around = add(new FolderTree(folder, scratch));
      for (TreeFile file : around.files()) {
        if (file.path().endsWith(TAR)) {
          String name = file.path().substring(0, file.path().length() - TAR.length());
          list(name + "/", add(new TarTree(folder.resolve(file.path()), scratch)));
        } else {
          contents.add(file, new Place(around, file));
        }
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private FileTree add(FileTree tree) {
    trees.add(tree);
    return tree;
  }

  private void list(String folder, FileTree tree) {
    for (TreeFile file : tree.files()) {
      contents.add(file.at(folder + file.path()), new Place(tree, file));
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
    Place place = contents.place(file);
    return place.tree().open(place.file());
  }

  @Override
  public Path onDisk(TreeFile file) throws IOException {
    Place place = contents.place(file);
    return place.tree().onDisk(place.file());
  }

  @Override
  public void close() throws IOException {
    for (FileTree tree : trees) {
      tree.close();
    }
  }
}
