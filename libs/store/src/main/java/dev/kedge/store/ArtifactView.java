package dev.kedge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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
    try (Stream<Path> tree = Files.walk(path)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }
}
