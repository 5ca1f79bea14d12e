package dev.kedge.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A copy of that file of an archive which was asked for last, for those who seek in it. */
final class CopiedFile implements Closeable {
  private final Path scratch;
  private Optional<Path> copy = Optional.empty();
  private Optional<TreeFile> copied = Optional.empty();

  CopiedFile(Path scratch) {
    this.scratch = scratch;
  }

  /** The copy, made unless it is there; that of another file is gone. */
  Path of(TreeFile file, FileTree tree) throws IOException {
    if (copy.isEmpty()) {
      copy = Optional.of(Files.createTempFile(scratch, "copy", ""));
    }
    if (!copied.equals(Optional.of(file))) {
      copied = Optional.empty();
      try (InputStream in = tree.open(file)) {
        Files.copy(in, copy.get(), StandardCopyOption.REPLACE_EXISTING);
      }
      copied = Optional.of(file);
    }
    return copy.get();
  }

  @Override
  public void close() throws IOException {
    if (copy.isPresent()) {
      Files.deleteIfExists(copy.get());
    }
  }
}
