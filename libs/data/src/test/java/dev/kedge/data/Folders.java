package dev.kedge.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies in folders, for tests. */
public final class Folders {
  private Folders() {}

  /** Every file with the digest of its bytes. */
  public static SortedMap<String, String> digests(Path folder) throws IOException {
    SortedMap<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(folder.relativize(file).toString(), Digests.hex(Files.readAllBytes(file)));
      }
    }
    return digests;
  }

  /**
   * Parts that are kept in a folder.
   *
   * @param folder where
   * @param kept name to folder
   */
  public record KeptParts(Path folder, Map<String, Path> kept) implements FinishedParts {
    /** None yet. */
    public KeptParts(Path folder) {
      this(folder, new HashMap<>());
    }

    @Override
    public Optional<Path> find(String part) {
      return Optional.ofNullable(kept.get(part));
    }

    @Override
    public void keep(String part, Path made) throws IOException {
      Path copy = Files.createDirectories(folder.resolve("kept-" + kept.size()));
      try (Stream<Path> files = Files.list(made)) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(file.getFileName().toString()));
        }
      }
      kept.put(part, copy);
    }
  }
}
