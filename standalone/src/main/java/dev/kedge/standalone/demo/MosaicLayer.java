package dev.kedge.standalone.demo;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.random.RandomGenerator;

/** Lays a drawing in square stones, no two quite of one colour, with dark joints between them. */
final class MosaicLayer {
  private static final int STONE = 4;
  private static final double JOINT = 0.7;

  private final RandomGenerator random;

  MosaicLayer(RandomGenerator random) {
    this.random = random;
  }

  Canvas lay(Scene scene) {
    Palette palette = Palette.free(scene.thing(), random);
    Palette ground = Palette.ground(random);
    Canvas drawing = new Canvas(ground.body());
    scene.clutter().forEach(part -> drawing.fill(part.shape(), ground.of(part.role())));
    scene.parts().forEach(part -> drawing.fill(part.shape(), palette.of(part.role())));
    Canvas mosaic = new Canvas(new Color(90, 86, 80));
    for (int y = 0; y < Canvas.SIZE; y += STONE) {
      for (int x = 0; x < Canvas.SIZE; x += STONE) {
        mosaic.fill(
            new Rectangle2D.Double(x, y, STONE - JOINT, STONE - JOINT),
            varied(drawing.mean(x, y, STONE)));
      }
    }
    return mosaic;
  }

  private Color varied(Color colour) {
    double light = random.nextDouble(0.86, 1.1);
    return new Color(
        stone(colour.getRed() * light),
        stone(colour.getGreen() * light),
        stone(colour.getBlue() * light));
  }

  private int stone(double level) {
    return (int) Math.max(0, Math.min(255, level + random.nextDouble(-8, 8)));
  }
}
