package dev.kedge.gateway.registry;

import dev.kedge.gateway.Refusal;
import dev.kedge.models.checkpoint.ConfigFile;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.language.LanguageFamily;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.FiniteTensors;
import dev.kedge.tensors.TensorSpec;
import dev.kedge.tensors.UnusableTensorsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A Hugging Face folder that holds a whole model of a known family with its tokenizer. No weight is
 * computed with, and no native library is loaded.
 *
 * @param family {@code clip}, or a language model's {@code model_type}
 * @param parameters number of weights
 */
record CheckedModel(String family, long parameters) {
  private static final String CLIP = "clip";

  /**
   * Checks a folder.
   *
   * @throws Refusal saying everything that is wrong
   */
  static CheckedModel of(Path folder) {
    return checked(
        folder,
        () -> {
          String family = family(folder);
          if (family.equals(CLIP)) {
            TokenizerFiles.requireClip(folder);
            ClipFolder.check(folder);
          } else {
            TokenizerFiles.requireLanguage(folder, LanguageFolder.check(folder));
          }
          try (Checkpoint weights = Checkpoint.open(folder)) {
            FiniteTensors.require(weights);
            return new CheckedModel(family, parameters(weights));
          }
        });
  }

  private static String family(Path folder) throws IOException {
    return ConfigFile.read(
        folder,
        config -> {
          String type = config.path("model_type").asText(CLIP);
          if (!type.equals(CLIP) && !LanguageFamily.types().contains(type)) {
            throw new IllegalArgumentException(
                "model_type is '%s', a family that is not known; known are %s and, of language models, %s"
                    .formatted(type, CLIP, String.join(", ", LanguageFamily.types())));
          }
          return type;
        });
  }

  private static long parameters(Checkpoint weights) {
    return weights.specs().entrySet().stream()
        .filter(tensor -> !weights.inHead(tensor.getKey()))
        .map(Map.Entry::getValue)
        .mapToLong(TensorSpec::elements)
        .sum();
  }

  /** Runs a check; what it finds wrong with the folder is the person's to mend. */
  static <T> T checked(Path folder, Check<T> check) {
    try {
      return check.run();
    } catch (UnusableTensorsException | IllegalArgumentException e) {
      String message = e.getMessage().replace(folder + "/", "").replace(folder.toString(), "it");
      throw Refusal.invalid("MODEL_INVALID", "files", message, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the uploaded model", e);
    }
  }

  /** Something that may find the folder wanting. */
  interface Check<T> {
    T run() throws IOException;
  }
}
