package dev.kedge.averaging;

import dev.kedge.stage.RecipeFile;
import dev.kedge.stage.StageException;
import dev.kedge.store.Blob;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What lies beside the weights and says what they mean: architecture, tokenizer, preprocessing, the
 * head's classes. Weights that mean different things cannot be averaged, so these files must be
 * equal, byte for byte.
 *
 * @param files the checkpoints' files by digest and name
 */
record CompanionFiles(SortedMap<String, SortedMap<String, Blob>> files) {
  /** They tell how one checkpoint came about, not what its weights mean. */
  private static final Set<String> HISTORY = Set.of("training-trace.json", RecipeFile.NAME);

  /**
   * The files, which all checkpoints share, by name.
   *
   * @throws StageException blaming the user, with every difference
   */
  SortedMap<String, Blob> shared() {
    String first = files.firstKey();
    SortedMap<String, Blob> shared = companions(first);
    SortedSet<String> differences = new TreeSet<>();
    for (String other : files.keySet()) {
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

  private SortedSet<String> differences(SortedMap<String, Blob> shared, String other) {
    SortedMap<String, Blob> theirs = companions(other);
    SortedSet<String> names = new TreeSet<>(shared.keySet());
    names.addAll(theirs.keySet());
    SortedSet<String> differences = new TreeSet<>();
    for (String name : names) {
      if (!Objects.equals(shared.get(name), theirs.get(name))) {
        differences.add("%s is another in %s".formatted(name, other));
      }
    }
    return differences;
  }

  private SortedMap<String, Blob> companions(String checkpoint) {
    SortedMap<String, Blob> companions = new TreeMap<>(files.get(checkpoint));
    companions.keySet().removeIf(name -> !isCompanion(name));
    return companions;
  }

  private static boolean isCompanion(String name) {
    return !name.contains("/")
        && !name.endsWith(".safetensors")
        && !name.endsWith(".safetensors.index.json")
        && !HISTORY.contains(name);
  }
}
