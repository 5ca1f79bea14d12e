package dev.kedge.data.source;

import dev.kedge.data.UnusableDatasetException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.utils.BoundedSeekableByteChannelInputStream;

/** An uncompressed tar, read in place: of a file no more than its path and offset is kept. */
final class TarTree implements FileTree {
  private final FileChannel channel;
  private final Contents<Long> contents = new Contents<>();

  TarTree(Path file) throws IOException {
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
        TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry entry = next(tar, file); entry != null; entry = next(tar, file)) {
        add(entry, tar.getBytesRead(), file);
      }
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

  private void add(TarArchiveEntry entry, long offset, Path file) throws IOException {
    if (entry.isDirectory()) {
      TreePath.checked(entry.getName());
    } else if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.isSparse()) {
      throw TreePath.refused(entry.getName(), "is a link, a device or a sparse file");
    } else if (offset + entry.getSize() > channel.size()) {
      throw broken(file, "it ends within '%s'".formatted(entry.getName()), null);
    } else {
      contents.add(entry.getName(), entry.getSize(), offset);
    }
  }

  @Override
  public List<TreeFile> files() {
    return contents.files();
  }

  @Override
  public InputStream open(TreeFile file) {
    return new BoundedSeekableByteChannelInputStream(contents.place(file), file.bytes(), channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
