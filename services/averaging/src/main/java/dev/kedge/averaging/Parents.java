package dev.kedge.averaging;

import dev.kedge.stage.StageContext;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.Recipe;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.TensorSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a recipe combines, opened, by digest.
 *
 * @param folders where the checkpoints' files are
 * @param checkpoints their weights
 * @param fishers Fisher diagonals
 */
record Parents(
    SortedMap<String, Path> folders,
    SortedMap<String, Checkpoint> checkpoints,
    SortedMap<String, SafetensorsFile> fishers)
    implements Closeable {
  /** The file of a FISHER stage's artifact. */
  private static final String FISHER = "fisher.safetensors";

  static Parents open(Recipe recipe, StageContext context) throws IOException {
    Parents parents = new Parents(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    try {
      for (String digest : recipe.checkpoints()) {
        Path folder = context.artifact(digest);
        parents.folders.put(digest, folder);
        parents.checkpoints.put(digest, Checkpoint.open(folder));
      }
      for (String digest : recipe.fishers()) {
        parents.fishers.put(digest, fisher(digest, context));
      }
      return parents;
    } catch (IOException | RuntimeException e) {
      parents.close();
      throw e;
    }
  }

  private static SafetensorsFile fisher(String digest, StageContext context) throws IOException {
    Path file = context.artifact(digest).resolve(FISHER);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "%s has no %s: give the artifact of a FISHER stage".formatted(digest, FISHER));
    }
    return SafetensorsFile.open(file);
  }

  /** All tensors that the recipe reads. */
  SortedMap<String, TensorSource> sources() {
    SortedMap<String, TensorSource> sources = new TreeMap<>(checkpoints);
    sources.putAll(fishers);
    return sources;
  }

  /** Whether a tensor belongs to the classifier. */
  boolean inHead(String tensor) {
    return checkpoints.get(checkpoints.firstKey()).inHead(tensor);
  }

  @Override
  public void close() throws IOException {
    for (Checkpoint checkpoint : checkpoints.values()) {
      checkpoint.close();
    }
    for (SafetensorsFile fisher : fishers.values()) {
      fisher.close();
    }
  }
}
