package dev.kedge.cli.merge;

import dev.kedge.cli.file.MergeFile;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.FisherDiagonal;
import dev.kedge.tensors.Recipe;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.TensorSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is merged, opened.
 *
 * @param models the models' weights by name
 * @param fishers Fisher diagonals by name
 */
record Parents(Map<String, Checkpoint> models, Map<String, SafetensorsFile> fishers)
    implements Closeable {
  /**
   * Opens everything that a merge needs.
   *
   * @throws NoSuchFileException naming what is not there
   */
  static Parents open(MergeFile file) throws IOException {
    Parents parents = new Parents(new TreeMap<>(), new TreeMap<>());
    try {
      for (Recipe recipe : file.recipes().values()) {
        parents.open(recipe, file.paths());
      }
      return parents;
    } catch (IOException | RuntimeException e) {
      parents.close();
      throw e;
    }
  }

  private void open(Recipe recipe, Map<String, Path> paths) throws IOException {
    for (String name : recipe.checkpoints()) {
      if (!models.containsKey(name)) {
        models.put(name, Checkpoint.open(existing(paths.get(name))));
      }
    }
    for (String name : recipe.fishers()) {
      if (!fishers.containsKey(name)) {
        fishers.put(name, fisher(existing(paths.get(name))));
      }
    }
  }

  /** All of them, by name. */
  Map<String, TensorSource> sources() {
    Map<String, TensorSource> sources = new TreeMap<>(models);
    sources.putAll(fishers);
    return sources;
  }

  /** Whether a tensor belongs to a classifier beside the model. */
  boolean inHead(String tensor) {
    return models.values().iterator().next().inHead(tensor);
  }

  @Override
  public void close() throws IOException {
    for (Checkpoint model : models.values()) {
      model.close();
    }
    for (SafetensorsFile fisher : fishers.values()) {
      fisher.close();
    }
  }

  private static SafetensorsFile fisher(Path path) throws IOException {
    return Files.isDirectory(path) ? FisherDiagonal.open(path) : SafetensorsFile.open(path);
  }

  private static Path existing(Path path) throws NoSuchFileException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return path;
  }
}
