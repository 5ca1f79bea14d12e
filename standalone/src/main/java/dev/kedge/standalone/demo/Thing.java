package dev.kedge.standalone.demo;

import static dev.kedge.standalone.demo.Part.Role.ACCENT;
import static dev.kedge.standalone.demo.Part.Role.BODY;
import static dev.kedge.standalone.demo.Part.Role.DETAIL;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** What is drawn: the classes. Each is built anew for every picture, with other proportions. */
enum Thing {
  BOAT(0.6, 0.12) {
    @Override
    List<Part> parts(RandomGenerator random) {
      double deck = random.nextDouble(0.58, 0.7);
      double mast = random.nextDouble(0.4, 0.6);
      double inset = random.nextDouble(0.1, 0.25);
      List<Part> parts = new ArrayList<>();
      parts.add(new Part(polygon(0.03, deck, 0.97, deck, 1 - inset, 0.92, inset, 0.92), BODY));
      parts.add(new Part(rectangle(mast, 0.06, 0.035, deck - 0.06), DETAIL));
      double foot = deck - 0.05;
      parts.add(new Part(polygon(mast + 0.05, 0.1, 0.93, foot, mast + 0.05, foot), ACCENT));
      if (random.nextBoolean()) {
        parts.add(new Part(polygon(mast - 0.02, 0.2, 0.12, foot, mast - 0.02, foot), ACCENT));
      }
      return parts;
    }
  },
  CUP(0.92, 0.8) {
    @Override
    List<Part> parts(RandomGenerator random) {
      double taper = random.nextDouble(0.0, 0.14);
      double top = random.nextDouble(0.15, 0.35);
      double ring = random.nextDouble(0.3, 0.42);
      Area handle = new Area(circle(0.68, (top + 0.9) / 2, ring / 1.5));
      handle.subtract(new Area(circle(0.68, (top + 0.9) / 2, ring / 2.8)));
      Shape wall = polygon(0.06, top, 0.7, top, 0.7 - taper, 0.92, 0.06 + taper, 0.92);
      handle.subtract(new Area(wall));
      List<Part> parts = new ArrayList<>();
      parts.add(new Part(handle, ACCENT));
      parts.add(new Part(wall, BODY));
      parts.add(new Part(new Ellipse2D.Double(0.06, top - 0.06, 0.64, 0.12), DETAIL));
      return parts;
    }
  },
  FISH(0.06, 0.02) {
    @Override
    List<Part> parts(RandomGenerator random) {
      double thick = random.nextDouble(0.34, 0.62);
      double top = 0.5 - thick / 2;
      double fork = random.nextDouble(0.78, 0.9);
      List<Part> parts = new ArrayList<>();
      parts.add(new Part(polygon(0.66, 0.5, 0.98, 0.22, fork, 0.5, 0.98, 0.78), ACCENT));
      parts.add(new Part(polygon(0.3, top + 0.08, 0.48, top - 0.12, 0.6, top + 0.1), ACCENT));
      parts.add(new Part(new Ellipse2D.Double(0.02, top, 0.74, thick), BODY));
      parts.add(new Part(circle(0.19, 0.5 - thick / 8, 0.05), DETAIL));
      return parts;
    }
  },
  HOUSE(0.1, 0.0) {
    @Override
    List<Part> parts(RandomGenerator random) {
      double eaves = random.nextDouble(0.4, 0.55);
      double door = random.nextDouble(0.2, 0.6);
      List<Part> parts = new ArrayList<>();
      if (random.nextBoolean()) {
        parts.add(new Part(rectangle(0.68, 0.12, 0.1, 0.3), DETAIL));
      }
      parts.add(new Part(rectangle(0.12, eaves, 0.76, 0.95 - eaves), BODY));
      double ridge = random.nextDouble(0.35, 0.65);
      parts.add(new Part(polygon(0.02, eaves, ridge, 0.06, 0.98, eaves), ACCENT));
      parts.add(new Part(rectangle(door, 0.66, 0.15, 0.29), DETAIL));
      double window = door < 0.4 ? 0.62 : 0.2;
      parts.add(new Part(rectangle(window, eaves + 0.1, 0.16, 0.15), DETAIL));
      return parts;
    }
  },
  STAR(0.16, 0.7) {
    @Override
    List<Part> parts(RandomGenerator random) {
      int points = random.nextInt(5, 8);
      double waist = random.nextDouble(0.36, 0.56);
      double[] corners = new double[4 * points];
      for (int i = 0; i < 2 * points; i++) {
        double angle = Math.PI * i / points - Math.PI / 2;
        double radius = 0.49 * (i % 2 == 0 ? 1 : waist);
        corners[2 * i] = 0.5 + radius * Math.cos(angle);
        corners[2 * i + 1] = 0.5 + radius * Math.sin(angle);
      }
      List<Part> parts = new ArrayList<>();
      parts.add(new Part(polygon(corners), BODY));
      if (random.nextBoolean()) {
        parts.add(new Part(circle(0.5, 0.5, 0.12), ACCENT));
      }
      return parts;
    }
  },
  TREE(0.33, 0.08) {
    @Override
    List<Part> parts(RandomGenerator random) {
      double width = random.nextDouble(0.08, 0.16);
      List<Part> parts = new ArrayList<>();
      parts.add(new Part(rectangle(0.5 - width / 2, 0.55, width, 0.42), ACCENT));
      if (random.nextBoolean()) {
        for (int tier = 2; tier >= 0; tier--) {
          double half = 0.2 + 0.09 * tier;
          double foot = 0.36 + 0.18 * tier;
          parts.add(new Part(polygon(0.5, foot - 0.33, 0.5 + half, foot, 0.5 - half, foot), BODY));
        }
      } else {
        Area crown = new Area(circle(0.5, 0.34, 0.24));
        for (int i = 0; i < 5; i++) {
          double angle = 2 * Math.PI * i / 5 + random.nextDouble(0.5);
          crown.add(
              new Area(circle(0.5 + 0.2 * Math.cos(angle), 0.36 + 0.17 * Math.sin(angle), 0.17)));
        }
        parts.add(new Part(crown, BODY));
      }
      return parts;
    }
  };

  private final double bodyHue;
  private final double accentHue;

  Thing(double bodyHue, double accentHue) {
    this.bodyHue = bodyHue;
    this.accentHue = accentHue;
  }

  /** The usual hue of a role, in turns of the colour wheel. */
  double hue(Part.Role role) {
    return role == BODY ? bodyHue : accentHue;
  }

  /** Its pieces, from back to front, in the unit square. */
  abstract List<Part> parts(RandomGenerator random);

  /** The class name. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Shape rectangle(double x, double y, double width, double height) {
    return new Rectangle2D.Double(x, y, width, height);
  }

  private static Shape circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static Shape polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
