package dev.kedge.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders of prepared parts, in order: what a share consists of.
 *
 * @param folder where they lie
 */
public record PartFolders(Path folder) {
  private static final String PARTS = "parts";

  /** Those of a share. */
  public static PartFolders of(Path share) {
    return new PartFolders(share.resolve(PARTS));
  }

  /** The parts of all shares, in the shares' order. */
  public static List<Path> ofAll(List<Path> shares) throws IOException {
    List<Path> parts = new ArrayList<>();
    for (Path share : shares) {
      parts.addAll(of(share).all());
    }
    return parts;
  }

  /** A place for a part. */
  public Path part(int number) {
    return folder.resolve("%06d".formatted(number));
  }

  /** All parts, in order; a share that nothing falls to has none. */
  public List<Path> all() throws IOException {
    return Files.isDirectory(folder) ? children(folder) : List.of();
  }

  /** Puts a part that was finished earlier into its place. */
  public void copy(Path finished, int number) throws IOException {
    Path part = Files.createDirectories(part(number));
    for (Path file : children(finished)) {
      Files.copy(file, part.resolve(file.getFileName().toString()));
    }
  }

  /** Deletes a folder of plain files. */
  public static void delete(Path part) throws IOException {
    for (Path file : children(part)) {
      Files.delete(file);
    }
    Files.delete(part);
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
