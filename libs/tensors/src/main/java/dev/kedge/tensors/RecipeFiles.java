package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes recipes into safetensors files: all of them in one reading of the checkpoints, chunk by
 * chunk, in memory that does not depend on the models' size.
 */
public final class RecipeFiles {
  private RecipeFiles() {}

  /**
   * A file to be made.
   *
   * @param mixture what it will hold
   * @param path where
   * @param metadata free text for its header
   */
  public record Output(Mixture mixture, Path path, Map<String, String> metadata) {}

  /**
   * Writes the outputs. Everything that can be checked without computing is checked before the
   * first byte is written.
   *
   * @param checkpoints every checkpoint of the mixtures, by digest; others are ignored
   * @throws MismatchedCheckpointsException if names, shapes, types or integer tensors differ
   * @throws NonFiniteTensorException if a result holds NaN or an infinity; the files are not
   *     complete
   */
  public static void write(List<Output> outputs, Map<String, ? extends TensorSource> checkpoints)
      throws IOException {
    SortedMap<String, TensorSource> used = new TreeMap<>();
    for (Output output : outputs) {
      used.putAll(used(output.mixture, checkpoints));
    }
    CheckpointSet set = CheckpointSet.check(used, null);
    List<SafetensorsWriter> writers = new ArrayList<>();
    try {
      for (Output output : outputs) {
        writers.add(SafetensorsWriter.create(output.path, set.specs().values(), output.metadata));
      }
      stream(outputs, writers, set);
    } finally {
      for (SafetensorsWriter writer : writers) {
        writer.close();
      }
    }
  }

  private static void stream(
      List<Output> outputs, List<SafetensorsWriter> writers, CheckpointSet checkpoints)
      throws IOException {
    for (TensorSpec spec : writers.get(0).layout()) {
      ByteBuffer bytes = Chunk.buffer(spec);
      Blend blend = new Blend(checkpoints, spec, bytes.capacity() / spec.dtype().bytes());
      for (Chunk chunk : Chunk.of(spec)) {
        blend.load(chunk);
        for (int i = 0; i < outputs.size(); i++) {
          blend.mix(outputs.get(i).mixture, bytes.clear());
          writers.get(i).write(spec.name(), bytes.flip());
        }
      }
    }
    writers.forEach(SafetensorsWriter::finish);
  }

  /** The checkpoints of a mixture; it is an error if one is not there, or none is needed. */
  static SortedMap<String, TensorSource> used(
      Mixture mixture, Map<String, ? extends TensorSource> checkpoints) {
    if (mixture.weights().isEmpty()) {
      throw new IllegalArgumentException("the recipe is empty: all its weights are zero");
    }
    SortedMap<String, TensorSource> used = new TreeMap<>();
    for (String name : mixture.weights().keySet()) {
      TensorSource source = checkpoints.get(name);
      if (source == null) {
        throw new IllegalArgumentException("the recipe needs " + name + ", which was not given");
      }
      used.put(name, source);
    }
    return used;
  }
}
