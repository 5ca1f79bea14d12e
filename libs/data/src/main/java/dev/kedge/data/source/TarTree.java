package dev.kedge.data.source;

import dev.kedge.data.UnusableDatasetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/** An uncompressed tar, read in place. */
final class TarTree implements FileTree {
  private final TarFile tar;
  private final Contents<TarArchiveEntry> contents = new Contents<>();

  TarTree(Path file) throws IOException {
    tar = opened(file);
    try {
      tar.getEntries().forEach(this::add);
    } catch (RuntimeException e) {
      tar.close();
      throw e;
    }
  }

  private static TarFile opened(Path file) throws IOException {
    try {
      return new TarFile(file);
    } catch (IOException | IllegalArgumentException e) {
      throw new UnusableDatasetException(
          "'%s' is a broken tar: %s".formatted(file.getFileName(), e.getMessage()), e);
    }
  }

  private void add(TarArchiveEntry entry) {
    if (entry.isDirectory()) {
      TreePath.checked(entry.getName());
    } else if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && !entry.isSparse()) {
      contents.add(entry.getName(), entry.getSize(), entry);
    } else {
      throw TreePath.refused(entry.getName(), "is a link, a device or a sparse file");
    }
  }

  @Override
  public List<TreeFile> files() {
    return contents.files();
  }

  @Override
  public InputStream open(TreeFile file) throws IOException {
    return tar.getInputStream(contents.place(file));
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
