package dev.kedge.gateway.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.clip.OpenClip;
import dev.kedge.tensors.OutsideJson;
import dev.kedge.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Folders with open_clip's names, which are kept under Hugging Face's. */
final class OpenClipImport {
  private static final String OPEN_CLIP_CONFIG = "open_clip_config.json";

  private OpenClipImport() {}

  /** Whether the folder has open_clip's names and must be rewritten. */
  static boolean isOpenClip(Path folder) {
    return !Files.exists(folder.resolve(ClipFolder.CONFIG))
        && Files.exists(folder.resolve(OPEN_CLIP_CONFIG));
  }

  /** Writes an open_clip folder's configuration and weights as Hugging Face's. */
  static void convert(Path openClip, Path target) {
    CheckedModel.checked(
        openClip,
        () -> {
          ClipConfig config = OpenClip.config(config(openClip));
          try (SafetensorsFile weights = SafetensorsFile.open(onlyWeights(openClip))) {
            ClipFolder.write(target, config, OpenClip.weights(config, weights));
          }
          return config;
        });
  }

  private static JsonNode config(Path openClip) throws IOException {
    try {
      return OutsideJson.SETTINGS.tree(openClip.resolve(OPEN_CLIP_CONFIG));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          OPEN_CLIP_CONFIG + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Path onlyWeights(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> weights =
          files.filter(file -> file.toString().endsWith(".safetensors")).limit(2).toList();
      if (weights.size() != 1) {
        throw new IllegalArgumentException(
            "an open_clip folder has one .safetensors file; this one has "
                + (weights.isEmpty() ? "none" : "several"));
      }
      return weights.get(0);
    }
  }
}
