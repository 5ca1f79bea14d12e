package dev.kedge.averaging;

import dev.kedge.stage.RecipeFile;
import dev.kedge.stage.StageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What lies beside the weights and says what they mean: architecture, tokenizer, preprocessing, the
 * head's classes. Weights that mean different things cannot be averaged, so these files must be
 * equal, byte for byte.
 *
 * @param folders the checkpoints' folders by digest
 */
record CompanionFiles(SortedMap<String, Path> folders) {
  /** They tell how one checkpoint came about, not what its weights mean. */
  private static final Set<String> HISTORY = Set.of("training-trace.json", RecipeFile.NAME);

  /**
   * The files, which all checkpoints share, by name.
   *
   * @throws StageException blaming the user, with every difference
   */
  SortedMap<String, Path> shared() throws IOException {
    String first = folders.firstKey();
    SortedMap<String, Path> shared = companions(folders.get(first));
    SortedSet<String> differences = new TreeSet<>();
    for (String other : folders.keySet()) {
      differences.addAll(differences(shared, other));
    }
    if (!differences.isEmpty()) {
      throw StageException.user(
          "CHECKPOINTS_DO_NOT_FIT",
          ("the checkpoints mean different things: compared with %s, %s;"
                  + " average only checkpoints of one base and one task")
              .formatted(first, String.join("; ", differences)));
    }
    return shared;
  }

  private SortedSet<String> differences(SortedMap<String, Path> shared, String other)
      throws IOException {
    SortedMap<String, Path> theirs = companions(folders.get(other));
    SortedSet<String> names = new TreeSet<>(shared.keySet());
    names.addAll(theirs.keySet());
    SortedSet<String> differences = new TreeSet<>();
    for (String name : names) {
      if (!same(shared.get(name), theirs.get(name))) {
        differences.add("%s is another in %s".formatted(name, other));
      }
    }
    return differences;
  }

  private static boolean same(Path one, Path other) throws IOException {
    return one != null && other != null && Files.mismatch(one, other) < 0;
  }

  private static SortedMap<String, Path> companions(Path folder) throws IOException {
    SortedMap<String, Path> companions = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(CompanionFiles::isCompanion)
          .forEach(file -> companions.put(file.getFileName().toString(), file));
    }
    return companions;
  }

  private static boolean isCompanion(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.endsWith(".safetensors")
        && !name.endsWith(".safetensors.index.json")
        && !HISTORY.contains(name);
  }
}
