package dev.kedge.evaluation;

import dev.kedge.data.ClipPreprocessing;
import dev.kedge.models.clip.Activation;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.clip.ClipInitialisation;
import dev.kedge.models.clip.TextConfig;
import dev.kedge.models.clip.TowerConfig;
import dev.kedge.models.clip.VisionConfig;
import dev.kedge.models.text.CaptionVocabulary;
import dev.kedge.models.train.HeadFile;
import dev.kedge.models.train.HeadForm;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** A CLIP of random weights on pictures of 16 pixels, with or without a head. */
final class TinyClip {
  static final ClipPreprocessing PREPROCESSING = ClipPreprocessing.ofSize(16);
  private static final int CONTEXT = 16;
  private static final int WIDTH = 16;
  private static final CaptionVocabulary WORDS =
      CaptionVocabulary.of(Stream.of("a picture of blue green red yellow"));

  private TinyClip() {}

  static ClipConfig config() {
    TowerConfig tower = new TowerConfig(WIDTH, 2 * WIDTH, 2, 2, Activation.QUICK_GELU, 1e-5);
    TextConfig text =
        new TextConfig(
            tower, WORDS.size(), CONTEXT, WORDS.startToken(), WORDS.endToken(), WORDS.endToken());
    return new ClipConfig(text, new VisionConfig(tower, 16, 4, 3), WIDTH, 2.6592);
  }

  static Path write(Path folder, long seed) throws IOException {
    WORDS.writeTo(folder, CONTEXT);
    ClipFolder.write(folder, config(), ClipInitialisation.of(config(), seed));
    return folder;
  }

  static Path write(Path folder, long seed, List<String> classes) throws IOException {
    write(folder, seed);
    new HeadFile(HeadForm.LINEAR, classes).write(folder);
    Random random = new Random(seed);
    float[] rows = normal(random, classes.size() * WIDTH);
    writeHead(folder, rows, normal(random, classes.size()));
    return folder;
  }

  /**
   * Gives a checkpoint with a head another, with one row of weights and one bias for each class.
   */
  static void writeHead(Path folder, float[] rows, float[] bias) throws IOException {
    SafetensorsWriter.write(
        folder.resolve(Checkpoint.HEAD),
        new MemoryTensors()
            .put(HeadForm.ROWS, rows, bias.length, WIDTH)
            .put(HeadForm.BIAS, bias, bias.length),
        Map.of());
  }

  private static float[] normal(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
