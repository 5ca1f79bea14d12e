package dev.kedge.gateway.registry;

import dev.kedge.gateway.Refusal;
import dev.kedge.models.train.LoraAdapter;
import dev.kedge.models.train.LoraConfig;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** LoRA adapters in PEFT's files, which are merged into a registered model. */
final class AdapterImport {
  private AdapterImport() {}

  /** Refuses an adapter without a base, and a base for what is no adapter. */
  static void requireFit(Path folder, String base) {
    boolean adapter = Files.exists(folder.resolve(LoraConfig.NAME));
    if (adapter && base.isEmpty()) {
      throw Refusal.invalid(
          "BASE_MISSING",
          "base",
          "the files are a LoRA adapter: name the model that it belongs to");
    }
    if (!adapter && !base.isEmpty()) {
      throw Refusal.invalid(
          "BASE_NEEDLESS",
          "base",
          "the files are no LoRA adapter, they have no %s: leave base out"
              .formatted(LoraConfig.NAME));
    }
  }

  /** Writes the base's weights with the adapter in them. */
  static void merge(Path adapter, Path base, Path target) {
    CheckedModel.checked(
        adapter,
        () -> {
          LoraAdapter read = LoraAdapter.read(adapter);
          try (Checkpoint weights = Checkpoint.open(base)) {
            SafetensorsWriter.write(
                target.resolve(Checkpoint.MODEL),
                read.onto(weights.only(name -> !weights.inHead(name))),
                Map.of("format", "pt"));
          }
          Path head = base.resolve(Checkpoint.HEAD);
          if (Files.exists(head)) {
            Files.copy(head, target.resolve(Checkpoint.HEAD));
          }
          return read;
        });
  }
}
