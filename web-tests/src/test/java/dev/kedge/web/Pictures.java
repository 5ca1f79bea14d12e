package dev.kedge.web;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small pictures of two colours. */
final class Pictures {
  private static final int EDGE = 16;

  private Pictures() {}

  /**
   * Draws a folder of them.
   *
   * @param seed others have other pictures
   */
  static Path draw(Path folder, int count, long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      draw(folder.resolve("red").resolve(i + ".png"), random, 0x90_20_20);
      draw(folder.resolve("blue").resolve(i + ".png"), random, 0x20_20_90);
    }
    return folder;
  }

  private static void draw(Path file, Random random, int colour) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage picture = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < EDGE; x++) {
      for (int y = 0; y < EDGE; y++) {
        picture.setRGB(x, y, colour + random.nextInt(0x40) * 0x01_01_01);
      }
    }
    ImageIO.write(picture, "png", file.toFile());
  }

  /** Adds files that are none. */
  static Path spoil(Path folder, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Files.writeString(folder.resolve("red").resolve("spoilt-" + i + ".png"), "no picture");
    }
    return folder;
  }
}
