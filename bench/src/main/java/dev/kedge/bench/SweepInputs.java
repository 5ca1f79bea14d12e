package dev.kedge.bench;

import dev.kedge.data.DatasetPreparation;
import dev.kedge.data.source.FileTree;
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
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A base, a fine-tuned model and suites of pictures, all of them noise. */
record SweepInputs(Path folder, VisionConfig vision) {
  private static final List<String> CLASSES =
      IntStream.range(0, 10).mapToObj(i -> "class" + i).toList();
  private static final int CONTEXT = 16;
  private static final int PROJECTION = 512;

  /** A CLIP with a head. */
  Path model(String name, long seed) throws IOException {
    Path model = Files.createDirectories(folder.resolve(name));
    CaptionVocabulary words = CaptionVocabulary.of(CLASSES.stream());
    words.writeTo(model, CONTEXT);
    ClipFolder.write(model, config(words), ClipInitialisation.of(config(words), seed));
    new HeadFile(HeadForm.LINEAR, CLASSES).write(model);
    float[] rows = new float[CLASSES.size() * PROJECTION];
    Random random = new Random(seed);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    SafetensorsWriter.write(
        model.resolve(Checkpoint.HEAD),
        new MemoryTensors()
            .put(HeadForm.ROWS, rows, CLASSES.size(), PROJECTION)
            .put(HeadForm.BIAS, new float[CLASSES.size()], CLASSES.size()),
        Map.of());
    return model;
  }

  ClipConfig config() {
    return config(CaptionVocabulary.of(CLASSES.stream()));
  }

  private ClipConfig config(CaptionVocabulary words) {
    TowerConfig tower = new TowerConfig(64, 256, 1, 1, Activation.QUICK_GELU, 1e-5);
    TextConfig text =
        new TextConfig(
            tower, words.size(), CONTEXT, words.startToken(), words.endToken(), words.endToken());
    return new ClipConfig(text, vision, PROJECTION, 2.6592);
  }

  /** A prepared data set of JPEG pictures of the model's size. */
  Path suite(String name, int pictures) throws IOException {
    Path source = folder.resolve(name + "-source");
    Random random = new Random(name.hashCode());
    for (int i = 0; i < pictures; i++) {
      Path place = Files.createDirectories(source.resolve(CLASSES.get(i % CLASSES.size())));
      ImageIO.write(noise(random), "jpg", place.resolve(i + ".jpg").toFile());
    }
    Path scratch = Files.createDirectories(folder.resolve(name + "-unpacked"));
    try (FileTree tree = FileTree.open(source, scratch)) {
      new DatasetPreparation(0)
          .prepare(tree, folder.resolve(name), (done, total, quarantined) -> {});
    }
    return folder.resolve(name);
  }

  private BufferedImage noise(Random random) {
    int edge = vision.imageSize();
    BufferedImage image = new BufferedImage(edge, edge, BufferedImage.TYPE_INT_RGB);
    int colour = random.nextInt(1 << 24);
    for (int y = 0; y < edge; y++) {
      for (int x = 0; x < edge; x++) {
        image.setRGB(x, y, colour ^ (random.nextInt(1 << 24) & 0x1F1F1F));
      }
    }
    return image;
  }
}
