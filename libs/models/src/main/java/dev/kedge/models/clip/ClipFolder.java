package dev.kedge.models.clip;

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
 * A CLIP as a Hugging Face folder: {@code config.json} and {@code model.safetensors}, one file or
 * several. Reading it needs no native library.
 */
public final class ClipFolder {
  /** The file that states the architecture. */
  public static final String CONFIG = ConfigFile.NAME;

  private ClipFolder() {}

  /**
   * Checks that the folder holds a whole CLIP: a configuration this code computes, and every tensor
   * of it with the right shape and a floating type.
   *
   * @return its architecture
   * @throws IllegalArgumentException saying in one message everything that is wrong
   * @throws IOException if a file cannot be read or is not well-formed
   */
  public static ClipConfig check(Path folder) throws IOException {
    ClipConfig config = config(folder);
    try (Checkpoint weights = Checkpoint.open(folder)) {
      TensorFit.require(
          ClipTensors.of(config), weights.only(name -> !weights.inHead(name)), folder.toString());
    }
    return config;
  }

  /** Reads the architecture alone. */
  public static ClipConfig config(Path folder) throws IOException {
    return ConfigFile.read(folder, ClipConfig::of);
  }

  /** Writes the configuration and the weights; tokenizer and preprocessor files are not touched. */
  public static void write(Path folder, ClipConfig config, TensorSource weights)
      throws IOException {
    Map<String, long[]> shapes = ClipTensors.of(config);
    TensorFit.require(shapes, weights, "the weights to write");
    Files.createDirectories(folder);
    ConfigFile.write(folder, config.toJson());
    SafetensorsWriter.write(
        folder.resolve(Checkpoint.MODEL),
        weights.only(shapes::containsKey),
        Map.of("format", "pt"));
  }
}
