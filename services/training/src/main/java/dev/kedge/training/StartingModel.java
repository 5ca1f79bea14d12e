package dev.kedge.training;

import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.PreprocessorConfig;
import dev.kedge.models.clip.Activation;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.clip.ClipInitialisation;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.clip.TextConfig;
import dev.kedge.models.clip.TowerConfig;
import dev.kedge.models.clip.VisionConfig;
import dev.kedge.models.text.CaptionVocabulary;
import dev.kedge.models.text.ClipTokenizer;
import dev.kedge.models.torch.Weights;
import dev.kedge.stage.v1.ClipArchitecture;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The model before training.
 *
 * @param config its architecture
 * @param weights all its tensors
 * @param tokenizer its tokenizer
 * @param preprocessing how pictures become its input
 * @param companions a folder with its tokenizer's and its preprocessor's files
 */
record StartingModel(
    ClipConfig config,
    TensorSource weights,
    ClipTokenizer tokenizer,
    ClipPreprocessing preprocessing,
    Path companions)
    implements StartingPoint {
  private static final String PREPROCESSOR = "preprocessor_config.json";
  private static final double LOGIT_SCALE = Math.log(1 / 0.07);

  /** A Hugging Face folder. */
  static StartingModel of(Path folder) throws IOException {
    ClipConfig config = ClipFolder.check(folder);
    ClipPreprocessing preprocessing = preprocessing(folder, config);
    ClipTokenizer tokenizer = ClipTokenizer.open(folder, config.text().context());
    return new StartingModel(config, Checkpoint.open(folder), tokenizer, preprocessing, folder);
  }

  private static ClipPreprocessing preprocessing(Path folder, ClipConfig config)
      throws IOException {
    Path file = folder.resolve(PREPROCESSOR);
    int size = config.vision().imageSize();
    ClipPreprocessing found =
        Files.exists(file)
            ? PreprocessorConfig.parse(Files.readString(file))
            : ClipPreprocessing.ofSize(size);
    if (found.cropWidth() != size || found.cropHeight() != size) {
      throw new IllegalArgumentException(
          "%s crops to %d x %d, but the model's image_size is %d"
              .formatted(PREPROCESSOR, found.cropWidth(), found.cropHeight(), size));
    }
    return found;
  }

  /**
   * Random weights, and a vocabulary made for the texts that will be trained on.
   *
   * @param folder where the new tokenizer's and preprocessor's files go
   */
  static StartingModel random(
      ClipArchitecture architecture, Stream<String> texts, long seed, Path folder)
      throws IOException {
    CaptionVocabulary vocabulary = CaptionVocabulary.of(texts);
    Files.createDirectories(folder);
    vocabulary.writeTo(folder, architecture.getContextLength());
    Files.writeString(
        folder.resolve(PREPROCESSOR), preprocessorConfig(architecture.getImageSize()));
    ClipConfig config = config(architecture, vocabulary);
    return new StartingModel(
        config,
        ClipInitialisation.of(config, seed),
        ClipTokenizer.open(folder, config.text().context()),
        preprocessing(folder, config),
        folder);
  }

  private static ClipConfig config(ClipArchitecture spec, CaptionVocabulary vocabulary) {
    TextConfig text =
        new TextConfig(
            tower(spec.getTextWidth(), spec.getTextLayers(), spec.getTextHeads()),
            vocabulary.size(),
            spec.getContextLength(),
            vocabulary.startToken(),
            vocabulary.endToken(),
            vocabulary.endToken());
    VisionConfig vision =
        new VisionConfig(
            tower(spec.getVisionWidth(), spec.getVisionLayers(), spec.getVisionHeads()),
            spec.getImageSize(),
            spec.getPatchSize(),
            3);
    return new ClipConfig(text, vision, spec.getProjection(), LOGIT_SCALE);
  }

  private static TowerConfig tower(int width, int layers, int heads) {
    return new TowerConfig(width, 4 * width, layers, heads, Activation.QUICK_GELU, 1e-5);
  }

  private static String preprocessorConfig(int size) {
    return """
        {
          "image_processor_type": "CLIPImageProcessor",
          "do_convert_rgb": true,
          "do_resize": true,
          "size": {"shortest_edge": %1$d},
          "resample": 3,
          "do_center_crop": true,
          "crop_size": {"height": %1$d, "width": %1$d},
          "do_rescale": true,
          "rescale_factor": 0.00392156862745098,
          "do_normalize": true,
          "image_mean": [0.48145466, 0.4578275, 0.40821073],
          "image_std": [0.26862954, 0.26130258, 0.27577711]
        }
        """
        .formatted(size);
  }

  /** A text's token ids. */
  long[] ids(String text) {
    return tokenizer.encode(text).ids();
  }

  /** The texts' token ids. */
  List<long[]> ids(List<String> texts) {
    return texts.stream().map(this::ids).toList();
  }

  @Override
  public void write(Path folder, Weights trained) throws IOException {
    ClipFolder.write(folder, config, trained.only(ClipTensors.of(config).keySet()).snapshot());
  }

  @Override
  public void close() throws IOException {
    tokenizer.close();
    if (weights instanceof Checkpoint checkpoint) {
      checkpoint.close();
    }
  }
}
