package dev.kedge.models.train;

import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adapters in the files of PEFT: {@code adapter_config.json} and {@code adapter_model.safetensors}.
 * A language model's own head that trained beside them is saved with them, as PEFT does it; a
 * classifier's head is no part of a model that PEFT knows, and lies beside the checkpoint.
 *
 * @param config rank, scale and modules
 * @param tensors for each module {@code MODULE.lora_A.weight} {@code [rank, in]} and {@code
 *     MODULE.lora_B.weight} {@code [out, rank]}; for each saved one {@code MODULE.weight}
 */
public record LoraAdapter(LoraConfig config, TensorSource tensors) {
  /** The tensors' file in an adapter's folder. */
  public static final String TENSORS = "adapter_model.safetensors";

  private static final String PREFIX = "base_model.model.";

  /** A copy of what has been trained. */
  static LoraAdapter of(LowRank adapters, Weights trained) {
    Map<String, Tensor> both = new LinkedHashMap<>();
    for (String name : adapters.derived()) {
      both.put(LowRank.a(name), trained.get(LowRank.a(name)));
      both.put(LowRank.b(name), trained.get(LowRank.b(name)));
    }
    List<String> saved =
        trained.names().stream().filter(HeadForm::isOfModel).map(LoraTargets::module).toList();
    saved.forEach(
        module -> both.put(module + LoraTargets.WEIGHT, trained.get(module + LoraTargets.WEIGHT)));
    Lora lora = adapters.lora();
    LoraConfig config =
        new LoraConfig(
            lora.rank(),
            lora.alpha(),
            lora.transposed(),
            adapters.derived().stream().map(LoraTargets::module).toList(),
            saved);
    return new LoraAdapter(config, new Weights(both).snapshot());
  }

  /**
   * Opens a folder that {@link #write} or PEFT made.
   *
   * @throws IllegalArgumentException if it asks for more than plain LoRA, or has no adapters
   */
  public static LoraAdapter read(Path folder) throws IOException {
    LoraConfig config = LoraConfig.read(folder);
    MemoryTensors tensors = new MemoryTensors();
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(TENSORS))) {
      for (String name : file.specs().keySet()) {
        if (!name.startsWith(PREFIX)) {
          throw new IllegalArgumentException(
              "%s: %s is no adapter of PEFT, whose names begin with %s"
                  .formatted(folder, name, PREFIX));
        }
        tensors.put(
            name.substring(PREFIX.length()), file.floats(name), file.spec(name).dimensions());
      }
    }
    return new LoraAdapter(config.of(tensors.specs().keySet()), tensors);
  }

  /** Writes both files; equal adapters give equal bytes. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    config.write(folder);
    MemoryTensors named = new MemoryTensors();
    for (String name : tensors.specs().keySet()) {
      named.put(PREFIX + name, tensors.floats(name), tensors.spec(name).dimensions());
    }
    SafetensorsWriter.write(folder.resolve(TENSORS), named, Map.of("format", "pt"));
  }

  /**
   * The base with the adapters merged in, W + (α/r)·B·A, computed as it is read.
   *
   * @param base has the weight of every module, under the names of a Hugging Face folder
   * @throws IllegalArgumentException if it is another model's
   */
  public TensorSource onto(TensorSource base) throws IOException {
    return new AdaptedTensors(base, this);
  }
}
