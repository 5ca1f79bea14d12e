package dev.kedge.standalone.demo;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.random.RandomGenerator;

/** Draws outlines with an unsteady hand, once or twice over. */
final class Pencil {
  private static final double FLATNESS = 0.5;
  private static final double STROKE_LENGTH = 6;

  private final RandomGenerator random;
  private final double tremble;
  private final double width;
  private final int passes;

  Pencil(RandomGenerator random) {
    this.random = random;
    this.tremble = random.nextDouble(0.3, 1.2);
    this.width = random.nextDouble(1.8, 3.2);
    this.passes = random.nextInt(1, 3);
  }

  Canvas draw(Scene scene) {
    int paper = random.nextInt(225, 256);
    int lead = random.nextInt(20, 110);
    Canvas canvas = new Canvas(new Color(paper, paper, paper - 5));
    Color faint = new Color(lead, lead, lead, 110);
    scene.clutter().forEach(part -> canvas.outline(unsteady(part.shape()), faint, width / 2));
    for (Part part : scene.parts()) {
      // Paper covers what lies behind, so that only visible edges are drawn.
      canvas.fill(part.shape(), new Color(paper, paper, paper - 5));
      for (int pass = 0; pass < passes; pass++) {
        canvas.outline(unsteady(part.shape()), new Color(lead, lead, lead, 220), width);
      }
    }
    canvas.grain(5, random);
    return canvas;
  }

  private Shape unsteady(Shape shape) {
    Path2D path = new Path2D.Double();
    double[] at = new double[6];
    double[] start = new double[2];
    double[] last = new double[2];
    for (PathIterator i = shape.getPathIterator(null, FLATNESS); !i.isDone(); i.next()) {
      switch (i.currentSegment(at)) {
        case PathIterator.SEG_MOVETO -> {
          path.moveTo(at[0] + jitter(), at[1] + jitter());
          System.arraycopy(at, 0, start, 0, 2);
        }
        case PathIterator.SEG_LINETO -> stroke(path, last, at);
        default -> {
          stroke(path, last, start);
          System.arraycopy(start, 0, at, 0, 2);
        }
      }
      System.arraycopy(at, 0, last, 0, 2);
    }
    return path;
  }

  private void stroke(Path2D path, double[] from, double[] to) {
    double length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    int steps = Math.max(1, (int) (length / STROKE_LENGTH));
    for (int step = 1; step <= steps; step++) {
      double part = (double) step / steps;
      path.lineTo(
          from[0] + part * (to[0] - from[0]) + jitter(),
          from[1] + part * (to[1] - from[1]) + jitter());
    }
  }

  private double jitter() {
    return tremble * random.nextDouble(-1, 1);
  }
}
