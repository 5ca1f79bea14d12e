package dev.kedge.standalone.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;

/** A square picture at twice its final size, which is what smooths it. */
final class Canvas {
  static final int SIZE = 2 * DemoPictures.SIZE;

  private final BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D pen = image.createGraphics();

  Canvas(Color background) {
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    pen.setColor(background);
    pen.fillRect(0, 0, SIZE, SIZE);
  }

  Graphics2D pen() {
    return pen;
  }

  void fill(Shape shape, Paint paint) {
    pen.setPaint(paint);
    pen.fill(shape);
  }

  void outline(Shape shape, Color colour, double width) {
    pen.setPaint(colour);
    pen.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.draw(shape);
  }

  /** Adds noise of a strength to every channel of every pixel. */
  void grain(double strength, RandomGenerator random) {
    eachPixel(
        rgb -> {
          int noise = (int) (strength * random.nextGaussian());
          return pack(red(rgb) + noise, green(rgb) + noise, blue(rgb) + noise);
        });
  }

  private void eachPixel(IntUnaryOperator change) {
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        image.setRGB(x, y, change.applyAsInt(image.getRGB(x, y)));
      }
    }
  }

  /** The mean colour of a square. */
  Color mean(int left, int top, int side) {
    int[] sum = new int[3];
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        int rgb = image.getRGB(x, y);
        sum[0] += red(rgb);
        sum[1] += green(rgb);
        sum[2] += blue(rgb);
      }
    }
    int pixels = side * side;
    return new Color(sum[0] / pixels, sum[1] / pixels, sum[2] / pixels);
  }

  /** The picture at its final size: each pixel the mean of four. */
  BufferedImage picture() {
    int size = DemoPictures.SIZE;
    BufferedImage small = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        small.setRGB(x, y, mean(2 * x, 2 * y, 2).getRGB());
      }
    }
    return small;
  }

  private static int red(int rgb) {
    return rgb >> 16 & 0xFF;
  }

  private static int green(int rgb) {
    return rgb >> 8 & 0xFF;
  }

  private static int blue(int rgb) {
    return rgb & 0xFF;
  }

  private static int pack(int red, int green, int blue) {
    return clip(red) << 16 | clip(green) << 8 | clip(blue);
  }

  private static int clip(int level) {
    return Math.max(0, Math.min(255, level));
  }
}
