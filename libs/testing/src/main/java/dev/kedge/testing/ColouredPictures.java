package dev.kedge.testing;

import dev.kedge.data.DatasetPreparation;
import dev.kedge.data.FinishedParts;
import dev.kedge.data.PictureLayout;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.text.Columns;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** A prepared data set of noisy pictures whose class is their colour. */
public final class ColouredPictures {
  /** A label is a position here. */
  public static final List<String> CLASSES = List.of("blue", "green", "red");

  private static final int EDGE = 16;

  private ColouredPictures() {}

  /**
   * Draws the pictures and prepares them.
   *
   * @param folder existing; everything lies under it
   * @return the prepared data set
   */
  public static Path prepare(Path folder, int perClass, long seed) throws IOException {
    Path source = draw(folder, perClass, seed);
    return prepare(folder, source, PictureLayout.IMAGE_FOLDER);
  }

  /**
   * The same pictures in the same order, each with one caption of its own.
   *
   * @param caption with {@code {}} for the class name
   */
  public static Path prepareCaptioned(Path folder, int perClass, long seed, String caption)
      throws IOException {
    Path source = draw(folder, perClass, seed);
    StringBuilder table = new StringBuilder("file,class,caption\n");
    for (String name : CLASSES) {
      for (int i = 0; i < perClass; i++) {
        table.append("%s/%03d.png,%s,%s\n".formatted(name, i, name, caption.replace("{}", name)));
      }
    }
    Files.writeString(source.resolve("captions.csv"), table);
    return prepare(folder, source, PictureLayout.IMAGE_CAPTIONS);
  }

  private static Path draw(Path folder, int perClass, long seed) throws IOException {
    Path source = folder.resolve("source");
    Random random = new Random(seed);
    for (int label = 0; label < CLASSES.size(); label++) {
      Path directory = Files.createDirectories(source.resolve(CLASSES.get(label)));
      for (int i = 0; i < perClass; i++) {
        Path file = directory.resolve("%03d.png".formatted(i));
        ImageIO.write(picture(label, random), "png", file.toFile());
      }
    }
    return source;
  }

  private static Path prepare(Path folder, Path source, PictureLayout layout) throws IOException {
    Path prepared = folder.resolve("prepared");
    Path scratch = Files.createDirectories(folder.resolve("unpacked"));
    try (FileTree tree = FileTree.open(source, scratch)) {
      new DatasetPreparation(0)
          .prepare(
              tree,
              layout.list(tree, Columns.AS_THEY_ARE),
              prepared,
              FinishedParts.NONE,
              (done, total, quarantined) -> {});
    }
    return prepared;
  }

  private static BufferedImage picture(int label, Random random) {
    BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < EDGE; y++) {
      for (int x = 0; x < EDGE; x++) {
        int noise = random.nextInt(1 << 24) & 0x7F7F7F;
        image.setRGB(x, y, noise | 0x80 << (8 * label));
      }
    }
    return image;
  }
}
