package dev.kedge.standalone.demo;

import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What is in a picture, before any style.
 *
 * @param thing what it shows
 * @param parts the thing's pieces in their places, from back to front
 * @param clutter a few small shapes that are no thing
 */
record Scene(Thing thing, List<Part> parts, List<Part> clutter) {
  private static final double SMALLEST = 0.72;
  private static final double LARGEST = 0.95;
  private static final double LARGEST_TURN = Math.toRadians(12);
  private static final double STRETCH = 1.12;

  static Scene of(Thing thing, RandomGenerator random) {
    AffineTransform placement = placement(random);
    List<Part> parts = thing.parts(random).stream().map(part -> part.placed(placement)).toList();
    int clutter = random.nextInt(0, 3);
    return new Scene(thing, parts, Stream.generate(() -> clutter(random)).limit(clutter).toList());
  }

  /** Size, turn, mirroring and place, such that the thing about stays in the picture. */
  private static AffineTransform placement(RandomGenerator random) {
    double size = Canvas.SIZE * random.nextDouble(SMALLEST, LARGEST);
    double room = (Canvas.SIZE - size) / 2;
    double stretch = random.nextDouble(1 / STRETCH, STRETCH);
    AffineTransform placement = new AffineTransform();
    placement.translate(
        Canvas.SIZE / 2.0 + random.nextDouble(-room, room),
        Canvas.SIZE / 2.0 + random.nextDouble(-room, room));
    placement.rotate(random.nextDouble(-LARGEST_TURN, LARGEST_TURN));
    placement.scale((random.nextBoolean() ? 1 : -1) * size * stretch, size / stretch);
    placement.translate(-0.5, -0.5);
    return placement;
  }

  private static Part clutter(RandomGenerator random) {
    double width = Canvas.SIZE * random.nextDouble(0.05, 0.25);
    double height = Canvas.SIZE * random.nextDouble(0.05, 0.25);
    double x = random.nextDouble(Canvas.SIZE) - width / 2;
    double y = random.nextDouble(Canvas.SIZE) - height / 2;
    Part.Role[] roles = Part.Role.values();
    return new Part(
        random.nextBoolean()
            ? new Ellipse2D.Double(x, y, width, height)
            : new Rectangle2D.Double(x, y, width, height),
        roles[random.nextInt(roles.length)]);
  }
}
