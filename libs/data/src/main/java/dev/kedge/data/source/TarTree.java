package dev.kedge.data.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kedge.data.UnusableDatasetException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.utils.BoundedSeekableByteChannelInputStream;

/** An uncompressed tar, read in place: of a file no more than its path and offset is kept. */
final class TarTree implements FileTree {
  private static final int BLOCK = 512;

  private final FileChannel channel;
  private final Contents<Long> contents = new Contents<>();
  private final CopiedFile copy;

  TarTree(Path file, Path scratch) throws IOException {
    copy = new CopiedFile(scratch);
    channel = FileChannel.open(file);
    try {
      list(file);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void list(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        TarArchiveInputStream tar = new TarArchiveInputStream(in, ISO_8859_1.name())) {
      long end = 0;
      for (TarArchiveEntry entry = next(tar, file); entry != null; entry = next(tar, file)) {
        add(entry, name(entry), tar.getBytesRead(), file);
        end = tar.getBytesRead() + entry.getSize();
      }
      requireEndMark(end, file);
    }
  }

  /**
   * After the last file lie two empty blocks. A tar that was cut between two files has none, and
   * one that was cut behind the long name of a file has that there.
   */
  private void requireEndMark(long end, Path file) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    long at = (end + BLOCK - 1) / BLOCK * BLOCK;
    while (block.hasRemaining() && channel.read(block, at + block.position()) > 0) {}
    if (block.hasRemaining() || !Arrays.equals(block.array(), new byte[BLOCK])) {
      throw broken(file, "it was cut off, for it lacks the empty block that ends a tar", null);
    }
  }

  private static TarArchiveEntry next(TarArchiveInputStream tar, Path file) {
    try {
      return tar.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw broken(file, e.getMessage(), e);
    }
  }

  private static UnusableDatasetException broken(Path file, String why, Exception cause) {
    return new UnusableDatasetException(
        "'%s' is a broken tar: %s".formatted(file.getFileName(), why), cause);
  }

  /** Headers of extended tars tell names as letters, all others as bytes. */
  private static String name(TarArchiveEntry entry) {
    String name = entry.getName();
    return name.chars().anyMatch(letter -> letter > 0xFF)
        ? name
        : TreeName.of(name.getBytes(ISO_8859_1));
  }

  private void add(TarArchiveEntry entry, String name, long offset, Path file) throws IOException {
    if (entry.isDirectory()) {
      contents.addFolder(name);
    } else if (entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice()) {
      contents.add(new TreeFile(name, 0, false), offset);
    } else if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.isSparse()) {
      throw TreePath.refused(name, "is a link or a sparse file");
    } else if (offset + entry.getSize() > channel.size()) {
      throw broken(file, "it ends within '%s'".formatted(name), null);
    } else {
      contents.add(new TreeFile(name, entry.getSize()), offset);
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
  public InputStream open(TreeFile file) {
    return new BoundedSeekableByteChannelInputStream(contents.place(file), file.bytes(), channel);
  }

  @Override
  public Path onDisk(TreeFile file) throws IOException {
    return copy.of(file, this);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    copy.close();
  }
}
