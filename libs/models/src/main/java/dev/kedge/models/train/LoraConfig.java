package dev.kedge.models.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.tensors.OutsideJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * PEFT's {@code adapter_config.json}, as far as it describes plain LoRA.
 *
 * @param rank r
 * @param alpha α
 * @param transposed whether the adapted weights are {@code [in, out]}
 * @param modules whole names of the adapted modules, so that PEFT finds these and no others
 * @param saved names of modules that trained themselves and are kept whole
 */
public record LoraConfig(
    int rank, double alpha, boolean transposed, List<String> modules, List<String> saved) {
  /** The file's name in an adapter's folder. */
  public static final String NAME = "adapter_config.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What PEFT can do beyond plain LoRA, with the value that says that it is not done. */
  private static final Map<String, String> PLAIN =
      Map.of(
          "peft_type", "\"LORA\"",
          "bias", "\"none\"",
          "use_rslora", "false",
          "use_dora", "false",
          "lora_bias", "false",
          "rank_pattern", "{}",
          "alpha_pattern", "{}");

  public LoraConfig {
    modules = modules.stream().sorted().toList();
    saved = List.copyOf(saved);
    if (rank < 1) {
      throw new IllegalArgumentException("an adapter's r must be at least 1, not " + rank);
    }
  }

  static LoraConfig read(Path folder) throws IOException {
    JsonNode json = OutsideJson.SETTINGS.tree(folder.resolve(NAME));
    PLAIN.forEach((key, value) -> requirePlain(json, key, value));
    return new LoraConfig(
        json.path("r").asInt(),
        json.path("lora_alpha").asDouble(),
        json.path("fan_in_fan_out").asBoolean(),
        List.of(),
        saved(json.path("modules_to_save")));
  }

  private static void requirePlain(JsonNode json, String key, String value) {
    if (json.has(key) && !json.get(key).toString().equals(value)) {
      throw new IllegalArgumentException(
          "%s: %s is %s; only plain LoRA is known, with %s"
              .formatted(NAME, key, json.get(key), value));
    }
  }

  private static List<String> saved(JsonNode names) {
    List<String> saved = new ArrayList<>();
    names.forEach(name -> saved.add(name.asText()));
    return saved;
  }

  /**
   * The same for the modules that tensors name.
   *
   * @throws IllegalArgumentException if a tensor is neither an adapter's nor a saved module's
   */
  LoraConfig of(Collection<String> tensors) {
    List<String> named = new ArrayList<>();
    for (String name : tensors) {
      if (name.endsWith(".lora_A" + LoraTargets.WEIGHT)) {
        named.add(LoraTargets.module(LowRank.adapted(name)));
      } else if (!name.endsWith(".lora_B" + LoraTargets.WEIGHT) && !isSaved(name)) {
        throw new IllegalArgumentException(
            "%s is no adapter of a matrix, and modules_to_save %s does not name it"
                .formatted(name, saved));
      }
    }
    return new LoraConfig(rank, alpha, transposed, named, saved);
  }

  private boolean isSaved(String name) {
    return saved.stream().anyMatch(module -> name.equals(module + LoraTargets.WEIGHT));
  }

  void write(Path folder) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("peft_type", "LORA").putNull("task_type");
    json.putNull("base_model_name_or_path").put("inference_mode", true);
    json.put("r", rank).put("lora_alpha", alpha).put("lora_dropout", 0.0);
    json.put("bias", "none").put("fan_in_fan_out", transposed);
    json.put("init_lora_weights", true).put("use_rslora", false).put("use_dora", false);
    if (saved.isEmpty()) {
      json.putNull("modules_to_save");
    } else {
      saved.forEach(json.putArray("modules_to_save")::add);
    }
    modules.forEach(json.putArray("target_modules")::add);
    Files.writeString(
        folder.resolve(NAME),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }
}
