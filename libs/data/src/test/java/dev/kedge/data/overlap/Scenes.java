package dev.kedge.data.overlap;

import dev.kedge.data.DatasetPreparation;
import dev.kedge.data.PreparedDataset;
import dev.kedge.data.source.FileTree;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Pictures of many shapes, another for each number, and what becomes of them on the way. */
final class Scenes {
  static final int WIDTH = 160;
  static final int HEIGHT = 120;

  private Scenes() {}

  static BufferedImage scene(int number) {
    Random random = new Random(number);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setPaint(
        new GradientPaint(
            random.nextInt(WIDTH),
            0,
            colour(random),
            random.nextInt(WIDTH),
            HEIGHT,
            colour(random)));
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    for (int i = 0; i < 12; i++) {
      pen.setColor(colour(random));
      int size = 10 + random.nextInt(60);
      int x = random.nextInt(WIDTH) - size / 2;
      int y = random.nextInt(HEIGHT) - size / 2;
      if (random.nextBoolean()) {
        pen.fillOval(x, y, size, 10 + random.nextInt(60));
      } else {
        pen.fillRect(x, y, size, 10 + random.nextInt(60));
      }
    }
    pen.dispose();
    return image;
  }

  private static Color colour(Random random) {
    return new Color(random.nextInt(1 << 24));
  }

  static BufferedImage resized(BufferedImage image, double factor) {
    int width = (int) (image.getWidth() * factor);
    int height = (int) (image.getHeight() * factor);
    BufferedImage resized = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = resized.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.drawImage(image, 0, 0, width, height, null);
    pen.dispose();
    return resized;
  }

  static BufferedImage withoutRim(BufferedImage image, int pixels) {
    return image.getSubimage(
        pixels, pixels, image.getWidth() - 2 * pixels, image.getHeight() - 2 * pixels);
  }

  static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  static byte[] jpeg(BufferedImage image, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    how.setCompressionQuality(quality);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), how);
    }
    writer.dispose();
    return out.toByteArray();
  }

  /** A prepared data set of the files. */
  static PictureSamples prepare(Path folder, Map<String, byte[]> files) throws IOException {
    Path source = folder.resolve("source");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = source.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Path prepared = folder.resolve("prepared");
    Path unpacked = Files.createDirectories(folder.resolve("unpacked"));
    try (FileTree tree = FileTree.open(source, unpacked)) {
      new DatasetPreparation(0).prepare(tree, prepared, (done, total, quarantined) -> {});
    }
    return new PictureSamples(PreparedDataset.open(prepared), Set.of());
  }
}
