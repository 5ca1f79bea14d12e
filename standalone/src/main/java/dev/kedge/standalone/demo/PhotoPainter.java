package dev.kedge.standalone.demo;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.random.RandomGenerator;

/** Paints with light: one direction of it for the ground, the bodies and their shadows. */
final class PhotoPainter {
  private static final int BLOTCHES = 14;

  private final RandomGenerator random;
  private final double angle;
  private final double contrast;

  PhotoPainter(RandomGenerator random) {
    this.random = random;
    this.angle = random.nextDouble(2 * Math.PI);
    this.contrast = random.nextDouble(0.25, 0.6);
  }

  Canvas paint(Scene scene) {
    Palette ground = Palette.ground(random);
    Palette palette = Palette.usual(scene.thing(), random);
    Canvas canvas = new Canvas(ground.body());
    canvas.fill(
        new Rectangle2D.Double(0, 0, Canvas.SIZE, Canvas.SIZE),
        lit(ground.body(), new Rectangle2D.Double(0, 0, Canvas.SIZE, Canvas.SIZE)));
    blotches(canvas, ground);
    scene
        .clutter()
        .forEach(part -> canvas.fill(part.shape(), translucent(ground.of(part.role()), 150)));
    scene.parts().forEach(part -> castShadow(canvas, part));
    for (Part part : scene.parts()) {
      canvas.fill(part.shape(), lit(palette.of(part.role()), part.shape().getBounds2D()));
    }
    canvas.grain(random.nextDouble(4, 16), random);
    return canvas;
  }

  private void blotches(Canvas canvas, Palette ground) {
    for (int i = 0; i < BLOTCHES; i++) {
      double radius = random.nextDouble(4, 20);
      double x = random.nextDouble(Canvas.SIZE) - radius;
      double y = random.nextDouble(Canvas.SIZE) - radius;
      Color colour = random.nextBoolean() ? ground.accent() : ground.detail();
      canvas.fill(
          new Ellipse2D.Double(x, y, 2 * radius, 2 * radius),
          translucent(colour, random.nextInt(20, 70)));
    }
  }

  private void castShadow(Canvas canvas, Part part) {
    double length = Canvas.SIZE * 0.05;
    AffineTransform away =
        AffineTransform.getTranslateInstance(-length * Math.cos(angle), -length * Math.sin(angle));
    canvas.fill(away.createTransformedShape(part.shape()), new Color(0, 0, 0, 70));
  }

  /** A colour from its lit to its dark side across a shape's bounds. */
  private GradientPaint lit(Color colour, Rectangle2D bounds) {
    float radius = (float) Math.max(2, Math.max(bounds.getWidth(), bounds.getHeight()) / 2);
    float dx = radius * (float) Math.cos(angle);
    float dy = radius * (float) Math.sin(angle);
    float x = (float) bounds.getCenterX();
    float y = (float) bounds.getCenterY();
    return new GradientPaint(
        x + dx, y + dy, scaled(colour, 1 + contrast), x - dx, y - dy, scaled(colour, 1 - contrast));
  }

  private static Color scaled(Color colour, double factor) {
    return new Color(
        (int) Math.min(255, colour.getRed() * factor),
        (int) Math.min(255, colour.getGreen() * factor),
        (int) Math.min(255, colour.getBlue() * factor));
  }

  private static Color translucent(Color colour, int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }
}
