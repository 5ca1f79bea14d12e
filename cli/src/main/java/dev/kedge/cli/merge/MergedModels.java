package dev.kedge.cli.merge;

import dev.kedge.tensors.CheckpointWriter;
import dev.kedge.tensors.Materialisation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The models of one folder while they are written, all at once. */
final class MergedModels implements Closeable {
  private final Path folder;
  private final Map<String, CheckpointWriter> writers = new TreeMap<>();

  MergedModels(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts a model's weights.
   *
   * @param name of its folder in this one
   * @return that folder
   */
  Path start(String name, Materialisation work, Predicate<String> inHead, long shardBytes)
      throws IOException {
    Path model = Files.createDirectories(folder.resolve(name).normalize());
    writers.put(name, CheckpointWriter.create(model, work.specs().values(), inHead, shardBytes));
    return model;
  }

  /** Where the weights go, in order of the models' names. */
  List<CheckpointWriter> weights() {
    return List.copyOf(writers.values());
  }

  /** States that all was written; gives the weight files' paths in the folder. */
  List<String> finish() throws IOException {
    List<String> files = new ArrayList<>();
    for (Map.Entry<String, CheckpointWriter> model : writers.entrySet()) {
      model.getValue().finish();
      Path home = Path.of(model.getKey());
      model
          .getValue()
          .files()
          .forEach(file -> files.add(home.resolve(file).normalize().toString()));
    }
    return files;
  }

  @Override
  public void close() throws IOException {
    for (CheckpointWriter writer : writers.values()) {
      writer.close();
    }
  }
}
