package dev.kedge.data.source;

import dev.kedge.data.BrokenPictureException;
import dev.kedge.data.HostileArchiveException;
import dev.kedge.data.UnusableDatasetException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** Files with relative paths, wherever they lie: in a folder, a tar, a compressed tar or a zip. */
public sealed interface FileTree extends Closeable permits FolderTree, TarTree, ZipTree, ShardTree {

  /** All files except the litter of file managers, sorted by path, each path once. */
  List<TreeFile> files();

  /**
   * Folders that hold no file, nor do folders in them, as far as the tree tells; sorted. One that
   * the tree names by a folder in it alone is not told apart.
   */
  List<String> emptyFolders();

  /**
   * Reads one file of this tree.
   *
   * @throws BrokenPictureException if it is not regular, is damaged, or not of the size that the
   *     tree tells
   * @throws IOException if the disk fails
   */
  default byte[] read(TreeFile file) throws IOException {
    if (!file.isRegular()) {
      throw new BrokenPictureException(TreeFile.IRREGULAR);
    }
    try (InputStream in = open(file)) {
      return readExactly(file, in);
    } catch (ZipException e) {
      throw new BrokenPictureException("damaged in its zip: " + e.getMessage(), e);
    }
  }

  /**
   * The bytes of one file of this tree, from its beginning, none of one that is not regular; the
   * caller closes it.
   *
   * @throws ZipException from opening or reading it, if it is damaged in a zip
   */
  InputStream open(TreeFile file) throws IOException;

  /**
   * A file of this tree on the disk under a plain name, there until another file is asked for: a
   * link or, of an archive, a copy.
   *
   * @throws ZipException if it is damaged in a zip
   */
  Path onDisk(TreeFile file) throws IOException;

  /** Says of a file that is read as a whole what is wrong with it in its zip. */
  static UnusableDatasetException damaged(TreeFile file, ZipException why) {
    return new UnusableDatasetException(
        "'%s' is damaged in its zip: %s. Pack the data again"
            .formatted(file.path(), why.getMessage()),
        why);
  }

  /**
   * Opens a folder or an archive. A folder that holds a single archive is that archive; in a folder
   * of several tars each is a folder by its name.
   *
   * @param scratch a folder for what must be unpacked to be read; the caller deletes it
   * @throws HostileArchiveException if a path or a link leads outside, or it unpacks to too much
   * @throws UnusableDatasetException if it is none of the known kinds
   */
  static FileTree open(Path source, Path scratch) throws IOException {
    if (!Files.isDirectory(source)) {
      return Archives.open(source, scratch);
    }
    try (Stream<Path> children = Files.list(source)) {
      List<Path> found = children.limit(2).toList();
      if (found.size() == 1 && Archives.isArchive(found.get(0))) {
        return Archives.open(found.get(0), scratch);
      }
    }
    return ShardTree.isOne(source)
        ? new ShardTree(source, scratch)
        : new FolderTree(source, scratch);
  }

  /** Reads a stream of a known length, and not a byte more. */
  static byte[] readExactly(TreeFile file, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes((int) Math.max(0, Math.min(Integer.MAX_VALUE, file.bytes())));
    if (bytes.length != file.bytes() || in.read() >= 0) {
      throw new BrokenPictureException(
          "not of the %,d bytes that its archive tells".formatted(file.bytes()));
    }
    return bytes;
  }
}
