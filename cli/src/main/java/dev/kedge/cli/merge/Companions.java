package dev.kedge.cli.merge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.kedge.cli.UserMistakeException;
import dev.kedge.cli.view.Json;
import dev.kedge.tensors.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What lies beside a model's weights and says what they mean: configuration, tokenizer,
 * preprocessing. The result gets that of one of the models.
 *
 * @param folder that model's folder
 */
record Companions(Path folder) {
  private static final String CONFIG = "config.json";
  private static final List<String> TYPE_FIELDS = List.of("dtype", "torch_dtype");

  /** They tell how one model came about: Kedge's own, and those of Hugging Face's trainer. */
  private static final Set<String> HISTORY =
      Set.of(
          MergedFolder.RECIPE,
          "training-trace.json",
          "trainer_state.json",
          "all_results.json",
          "train_results.json",
          "eval_results.json");

  /** How a configuration came about. */
  private static final Set<String> BOOKKEEPING =
      Set.of("_name_or_path", "architectures", "transformers_version", "dtype", "torch_dtype");

  private static final Map<DType, String> TYPE_NAMES =
      Map.of(DType.F32, "float32", DType.F16, "float16", DType.BF16, "bfloat16");

  /**
   * Refuses a model that means something else.
   *
   * @throws UserMistakeException if the other's architecture or tokenizer is not the same
   */
  void requireSameMeaning(Path other) throws IOException {
    String ours = architecture(folder);
    String theirs = architecture(other);
    if (!ours.equals(theirs)) {
      throw new UserMistakeException(
          "%s is a %s, but %s is a %s: merge models of one architecture"
              .formatted(folder, ours, other, theirs));
    }
    if (!Tokenizer.of(folder).agreesWith(Tokenizer.of(other))) {
      throw new UserMistakeException(
          "%s and %s have different tokenizers, so their embeddings mean different tokens: merge"
                  .formatted(folder, other)
              + " models of one base, or give both the tokenizer that they were trained with");
    }
  }

  /**
   * Fields of the configuration that the other has otherwise, as a whole: what changes the meaning
   * of equal weights, such as a number of heads, and what does not, such as a cache's setting.
   */
  List<String> differences(Path other) throws IOException {
    JsonObject ours = config(folder);
    JsonObject theirs = config(other);
    Set<String> fields = new TreeSet<>(ours.keySet());
    fields.addAll(theirs.keySet());
    fields.removeAll(BOOKKEEPING);
    fields.removeIf(field -> Objects.equals(ours.get(field), theirs.get(field)));
    return List.copyOf(fields);
  }

  /**
   * Refuses links to files elsewhere, which would be copied: whoever made the folder could so put
   * any file of this machine into the result. Those of Hugging Face's cache lead to its {@code
   * blobs}, beside the snapshots.
   *
   * @throws UserMistakeException naming the first
   */
  void requireOwnFiles() throws IOException {
    Path real = folder.toRealPath();
    Path cache = real.resolve("../../blobs").normalize();
    for (Path file : files()) {
      Path target = file.toRealPath();
      if (!target.startsWith(real) && !target.startsWith(cache)) {
        throw new UserMistakeException(
            "%s is a link to %s, outside of its model: copy the file to its place, or delete the link"
                .formatted(file, target));
      }
    }
  }

  /** What the files take. */
  long bytes() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  /** The files, without weights, folders and what tells of a training. */
  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Companions::isCompanion).sorted().toList();
    }
  }

  /**
   * Copies the files.
   *
   * @param dtype the type that the weights now have, told in the configuration; none for the old
   */
  void copy(Path into, Optional<DType> dtype) throws IOException {
    for (Path file : files()) {
      Files.copy(file, into.resolve(file.getFileName()));
    }
    if (dtype.isPresent() && Files.exists(into.resolve(CONFIG))) {
      JsonObject config = config(folder);
      for (String field : TYPE_FIELDS) {
        if (config.has(field)) {
          config.addProperty(field, TYPE_NAMES.get(dtype.get()));
        }
      }
      Files.writeString(into.resolve(CONFIG), Json.pretty(config) + "\n");
    }
  }

  private static boolean isCompanion(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.startsWith(".")
        && !name.matches(".*\\.(safetensors|safetensors\\.index\\.json|bin|pt|pth|ckpt|h5|msgpack)")
        && !HISTORY.contains(name);
  }

  private static String architecture(Path folder) throws IOException {
    JsonElement type = config(folder).get("model_type");
    return type == null ? "model of no stated type" : type.getAsString();
  }

  private static JsonObject config(Path folder) throws IOException {
    Path file = folder.resolve(CONFIG);
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new UserMistakeException(file + " is not a JSON object: fetch the model again");
    }
  }
}
