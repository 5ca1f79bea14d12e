package dev.kedge.data.source;

import dev.kedge.data.UnusableDatasetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip. Its links are plain files to us: their content is a path, and no picture. Names are UTF-8
 * where all of them are; else those that are not said to be are in code page 437, as the format has
 * it: whatever they were written in, different ones stay different.
 */
final class ZipTree implements FileTree {
  private static final Charset DECLARED = Charset.forName("IBM437");

  private final ZipFile zip;
  private final Contents<ZipEntry> contents = new Contents<>();
  private final CopiedFile copy;

  ZipTree(Path file, Path scratch) throws IOException {
    copy = new CopiedFile(scratch);
    zip = opened(file);
    try {
      list(file);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private void list(Path file) throws IOException {
    UnpackedSize size = UnpackedSize.of(file);
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (entry.isDirectory()) {
        contents.addFolder(entry.getName());
      } else {
        size.add(entry.getSize());
        contents.add(new TreeFile(entry.getName(), entry.getSize()), entry);
      }
    }
  }

  private static ZipFile opened(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    } catch (ZipException e) {
      return openedAsDeclared(file);
    }
  }

  private static ZipFile openedAsDeclared(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile(), DECLARED);
    } catch (ZipException e) {
      throw new UnusableDatasetException(
          "'%s' is a broken zip: %s".formatted(file.getFileName(), e.getMessage()), e);
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
    ZipEntry entry = contents.place(file);
    return new VerifiedEntry(entry, zip.getInputStream(entry));
  }

  @Override
  public Path onDisk(TreeFile file) throws IOException {
    return copy.of(file, this);
  }

  @Override
  public void close() throws IOException {
    zip.close();
    copy.close();
  }
}
