package dev.kedge.gateway.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.models.checkpoint.ConfigFile;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFamily;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.tensors.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Language models whose tensors have the short names of the hub's first files. They are kept under
 * the names that trained checkpoints have, so that the two can be mixed.
 */
final class LanguageImport {
  private LanguageImport() {}

  /** Whether the folder must be rewritten; one that is no language model need not. */
  static boolean hasOtherNames(Path folder) {
    if (!Files.exists(folder.resolve(ConfigFile.NAME))) {
      return false;
    }
    return CheckedModel.checked(
        folder,
        () -> {
          String type = ConfigFile.<JsonNode>read(folder, json -> json).path("model_type").asText();
          if (!LanguageFamily.types().contains(type)) {
            return false;
          }
          LanguageConfig config = LanguageFolder.check(folder);
          try (Checkpoint weights = Checkpoint.open(folder)) {
            return !weights.specs().keySet().equals(LanguageTensors.of(config).keySet());
          }
        });
  }

  /** Writes configuration and weights under the usual names. */
  static void convert(Path folder, Path target) throws IOException {
    LanguageConfig config = LanguageFolder.config(folder);
    try (Checkpoint weights = Checkpoint.open(folder)) {
      LanguageFolder.write(target, config, LanguageFolder.named(config, weights));
    }
  }
}
