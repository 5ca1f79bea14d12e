package dev.kedge.evaluation;

import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.PreprocessorConfig;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.train.HeadFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a checkpoint's weights mean. Checkpoints can be mixed only where this is the same.
 *
 * @param config the architecture
 * @param preprocessing how pictures become its input
 * @param head what its own head means; empty for a plain CLIP
 * @param tokenizer the files that give words their ids, by name
 */
record ModelFolder(
    ClipConfig config,
    ClipPreprocessing preprocessing,
    Optional<HeadFile> head,
    Map<String, String> tokenizer) {
  private static final List<String> TOKENIZER =
      List.of("tokenizer.json", "vocab.json", "merges.txt");
  private static final String PREPROCESSOR = "preprocessor_config.json";

  ModelFolder {
    int size = config.vision().imageSize();
    if (preprocessing.cropWidth() != size || preprocessing.cropHeight() != size) {
      throw new IllegalArgumentException(
          "%s crops to %d x %d, but the model's image_size is %d"
              .formatted(
                  PREPROCESSOR, preprocessing.cropWidth(), preprocessing.cropHeight(), size));
    }
  }

  /**
   * Reads and checks a Hugging Face folder.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static ModelFolder read(Path folder) throws IOException {
    ClipConfig config = ClipFolder.check(folder);
    return new ModelFolder(
        config, preprocessing(folder, config), HeadFile.read(folder), tokenizer(folder));
  }

  private static Map<String, String> tokenizer(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (String name : TOKENIZER) {
      if (Files.exists(folder.resolve(name))) {
        files.put(name, Files.readString(folder.resolve(name)));
      }
    }
    return files;
  }

  private static ClipPreprocessing preprocessing(Path folder, ClipConfig config)
      throws IOException {
    Path file = folder.resolve(PREPROCESSOR);
    return Files.exists(file)
        ? PreprocessorConfig.parse(Files.readString(file))
        : ClipPreprocessing.ofSize(config.vision().imageSize());
  }
}
