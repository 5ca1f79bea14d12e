package dev.kedge.tensors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which file of a model folder holds which tensors, under Hugging Face's names: one file, or shards
 * with their index where they are larger than a limit; the classifier in a file of its own.
 *
 * @param model the model's files, with their tensors in {@linkplain SafetensorsWriter#inFileOrder
 *     file order}; at least one
 * @param head the classifier's tensors; may be empty
 */
public record CheckpointLayout(Map<String, List<TensorSpec>> model, List<TensorSpec> head) {
  /** What Hugging Face's loaders ask of a safetensors file. */
  public static final Map<String, String> METADATA = Map.of("format", "pt");

  public CheckpointLayout {
    model = Collections.unmodifiableMap(new LinkedHashMap<>(model));
    head = List.copyOf(head);
  }

  /**
   * Lays tensors out.
   *
   * @param inHead which of them belong to the classifier
   * @param shardBytes what one file's tensors may take; a larger tensor has a file of its own
   */
  public static CheckpointLayout of(
      Collection<TensorSpec> specs, Predicate<String> inHead, long shardBytes) {
    List<TensorSpec> head = specs.stream().filter(spec -> inHead.test(spec.name())).toList();
    List<TensorSpec> model = specs.stream().filter(spec -> !inHead.test(spec.name())).toList();
    return new CheckpointLayout(
        named(shards(model, shardBytes)), SafetensorsWriter.inFileOrder(head));
  }

  /** The weight files with their tensors, the classifier's last. */
  public Map<String, List<TensorSpec>> files() {
    Map<String, List<TensorSpec>> files = new LinkedHashMap<>(model);
    if (!head.isEmpty()) {
      files.put(Checkpoint.HEAD, head);
    }
    return files;
  }

  /** Whether the model has an index. */
  public boolean isSharded() {
    return model.size() > 1;
  }

  /** Writes the index of a sharded model. */
  public Path writeIndex(Path folder) throws IOException {
    Map<String, String> homes = new TreeMap<>();
    long bytes = 0;
    for (Map.Entry<String, List<TensorSpec>> file : model.entrySet()) {
      file.getValue().forEach(spec -> homes.put(spec.name(), file.getKey()));
      bytes += file.getValue().stream().mapToLong(TensorSpec::bytes).sum();
    }
    Path index = folder.resolve(Checkpoint.INDEX);
    ShardIndex.write(index, homes, bytes);
    return index;
  }

  private static Map<String, List<TensorSpec>> named(List<List<TensorSpec>> shards) {
    if (shards.size() == 1) {
      return Map.of(Checkpoint.MODEL, shards.get(0));
    }
    Map<String, List<TensorSpec>> files = new LinkedHashMap<>();
    for (int i = 0; i < shards.size(); i++) {
      files.put("model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size()), shards.get(i));
    }
    return files;
  }

  /** Fills one file after the other; always at least one. */
  private static List<List<TensorSpec>> shards(List<TensorSpec> specs, long limit) {
    List<List<TensorSpec>> shards = new ArrayList<>(List.of(new ArrayList<>()));
    long bytes = 0;
    for (TensorSpec spec : SafetensorsWriter.inFileOrder(specs)) {
      if (bytes > 0 && bytes + spec.bytes() > limit) {
        shards.add(new ArrayList<>());
        bytes = 0;
      }
      shards.get(shards.size() - 1).add(spec);
      bytes += spec.bytes();
    }
    return shards;
  }
}
