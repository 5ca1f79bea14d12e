package dev.kedge.evaluation;

import dev.kedge.data.DatasetPreparation;
import dev.kedge.data.PreparedDataset;
import dev.kedge.data.source.FileTree;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;

/** A prepared data set of noise; the classes are only names. */
final class NoisePictures {
  private static final int EDGE = 20;

  private NoisePictures() {}

  static Path prepare(Path folder, List<String> classes, int perClass) throws IOException {
    Path source = folder.resolve("source");
    Random random = new Random(7);
    for (String name : classes) {
      Path directory = Files.createDirectories(source.resolve(name));
      for (int i = 0; i < perClass; i++) {
        ImageIO.write(noise(random), "png", directory.resolve("%03d.png".formatted(i)).toFile());
      }
    }
    return prepared(folder, source);
  }

  /** The pictures of another data set in other classes. */
  static Path prepare(Path folder, PreparedDataset pictures, IntFunction<String> classes)
      throws IOException {
    Path source = folder.resolve("source");
    for (int i = 0; i < pictures.size(); i++) {
      Path directory = Files.createDirectories(source.resolve(classes.apply(i)));
      Files.write(directory.resolve("%03d.png".formatted(i)), pictures.picture(i));
    }
    return prepared(folder, source);
  }

  private static Path prepared(Path folder, Path source) throws IOException {
    Path prepared = folder.resolve("prepared");
    Path scratch = Files.createDirectories(folder.resolve("unpacked"));
    try (FileTree tree = FileTree.open(source, scratch)) {
      new DatasetPreparation(0).prepare(tree, prepared, (done, total, quarantined) -> {});
    }
    return prepared;
  }

  private static BufferedImage noise(Random random) {
    BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
    int colour = random.nextInt(1 << 24);
    for (int y = 0; y < EDGE; y++) {
      for (int x = 0; x < EDGE; x++) {
        image.setRGB(x, y, colour ^ (random.nextInt(1 << 24) & 0x3F3F3F));
      }
    }
    return image;
  }
}
