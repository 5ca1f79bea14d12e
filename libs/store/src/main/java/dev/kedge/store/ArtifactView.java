package dev.kedge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Files laid out in a folder of their own, to be read for as long as it is open. They are hard
 * links to read-only cached copies; memory mappings outlive closing.
 */
public final class ArtifactView implements AutoCloseable {
  private final Path path;

  ArtifactView(Path path) {
    this.path = path;
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** Removes the folder. */
  @Override
  public void close() {
    try {
      FileTree.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }
}
