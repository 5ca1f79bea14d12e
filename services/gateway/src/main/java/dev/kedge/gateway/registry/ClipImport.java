package dev.kedge.gateway.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.gateway.Refusal;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.clip.OpenClip;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.TensorSpec;
import dev.kedge.tensors.UnusableTensorsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks that a folder is a whole CLIP with its tokenizer. No weight is computed with, and no
 * native library is loaded.
 */
final class ClipImport {
  private static final String OPEN_CLIP_CONFIG = "open_clip_config.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ClipImport() {}

  /** Whether the folder has open_clip's names and must be rewritten. */
  static boolean isOpenClip(Path folder) {
    return !Files.exists(folder.resolve(ClipFolder.CONFIG))
        && Files.exists(folder.resolve(OPEN_CLIP_CONFIG));
  }

  /** Writes an open_clip folder's configuration and weights as Hugging Face's. */
  static void convert(Path openClip, Path target) {
    checked(
        openClip,
        () -> {
          ClipConfig config =
              OpenClip.config(JSON.readTree(openClip.resolve(OPEN_CLIP_CONFIG).toFile()));
          try (SafetensorsFile weights = SafetensorsFile.open(onlyWeights(openClip))) {
            ClipFolder.write(target, config, OpenClip.weights(config, weights));
          }
          return config;
        });
  }

  /**
   * Checks a Hugging Face folder.
   *
   * @return the number of weights
   */
  static long check(Path folder) {
    requireTokenizer(folder);
    return checked(
        folder,
        () -> {
          ClipFolder.check(folder);
          return parameters(folder);
        });
  }

  private static long parameters(Path folder) throws IOException {
    try (Checkpoint weights = Checkpoint.open(folder)) {
      return weights.specs().entrySet().stream()
          .filter(tensor -> !weights.inHead(tensor.getKey()))
          .map(Map.Entry::getValue)
          .mapToLong(TensorSpec::elements)
          .sum();
    }
  }

  private static void requireTokenizer(Path folder) {
    boolean ready = Files.exists(folder.resolve("tokenizer.json"));
    boolean parts =
        Files.exists(folder.resolve("vocab.json")) && Files.exists(folder.resolve("merges.txt"));
    if (!ready && !parts) {
      throw Refusal.invalid(
          "MODEL_INVALID",
          "files",
          "the folder has no tokenizer: add tokenizer.json, or vocab.json and merges.txt");
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

  private static <T> T checked(Path folder, Check<T> check) {
    try {
      return check.run();
    } catch (UnusableTensorsException | IllegalArgumentException e) {
      String message = e.getMessage().replace(folder + "/", "").replace(folder.toString(), "it");
      throw Refusal.invalid("MODEL_INVALID", "files", message, e);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot read the uploaded model", e);
    }
  }

  /** Something that may find the folder wanting. */
  private interface Check<T> {
    T run() throws IOException;
  }
}
