package dev.kedge.models.language;

import dev.kedge.models.checkpoint.ConfigFile;
import dev.kedge.models.checkpoint.TensorFit;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A language model as a Hugging Face folder: {@code config.json} and {@code model.safetensors}, one
 * file or several. Reading it needs no native library.
 */
public final class LanguageFolder {
  private LanguageFolder() {}

  /**
   * Checks that the folder holds a whole language model: a configuration this code computes, and
   * every tensor of it with the right shape and a floating type.
   *
   * @return its configuration
   * @throws IllegalArgumentException saying in one message everything that is wrong
   * @throws IOException if a file cannot be read or is not well-formed
   */
  public static LanguageConfig check(Path folder) throws IOException {
    LanguageConfig config = config(folder);
    try (Checkpoint weights = Checkpoint.open(folder)) {
      TensorFit.require(LanguageTensors.of(config), named(config, weights), folder.toString());
    }
    return config;
  }

  /** Reads the configuration alone. */
  public static LanguageConfig config(Path folder) throws IOException {
    return ConfigFile.read(folder, LanguageConfig::of);
  }

  /**
   * A stored model's tensors under the names of {@link LanguageTensors}: short names of the hub's
   * first files are completed, constants and the second copy of a tied head left out.
   */
  public static TensorSource named(LanguageConfig config, TensorSource stored) {
    return new FamilyTensors(config, stored);
  }

  /** Writes the configuration and the weights; tokenizer files are not touched. */
  public static void write(Path folder, LanguageConfig config, TensorSource weights)
      throws IOException {
    Map<String, long[]> shapes = LanguageTensors.of(config);
    TensorFit.require(shapes, weights, "the weights to write");
    Files.createDirectories(folder);
    ConfigFile.write(folder, config.json());
    SafetensorsWriter.write(folder.resolve(Checkpoint.MODEL), weights, Map.of("format", "pt"));
  }
}
