package dev.kedge.standalone.demo;

import java.awt.Color;
import java.util.random.RandomGenerator;

/** A colour for each role. */
record Palette(Color body, Color accent, Color detail) {

  /** The colours that such a thing usually has: a strong hint at the class. */
  static Palette usual(Thing thing, RandomGenerator random) {
    return about(thing, 0.06, random);
  }

  /** Colours as an artist takes them, freely: a faint hint at the class. */
  static Palette free(Thing thing, RandomGenerator random) {
    return about(thing, 0.22, random);
  }

  private static Palette about(Thing thing, double spread, RandomGenerator random) {
    double body = thing.hue(Part.Role.BODY) + spread * random.nextGaussian();
    double accent = thing.hue(Part.Role.ACCENT) + spread * random.nextGaussian();
    return new Palette(
        colour(body, random, 0.4, 0.95, 0.5, 1.0),
        colour(accent, random, 0.4, 0.95, 0.5, 1.0),
        colour(random.nextDouble(), random, 0.4, 0.95, 0.3, 0.9));
  }

  /** Dull and dark colours of the ground. */
  static Palette ground(RandomGenerator random) {
    double hue = random.nextDouble();
    return new Palette(dull(hue, random), dull(hue + 0.1, random), dull(hue - 0.1, random));
  }

  private static Color dull(double hue, RandomGenerator random) {
    return colour(hue, random, 0.1, 0.5, 0.2, 0.6);
  }

  private static Color colour(
      double hue, RandomGenerator random, double dull, double vivid, double dark, double light) {
    float saturation = (float) random.nextDouble(dull, vivid);
    return Color.getHSBColor((float) hue, saturation, (float) random.nextDouble(dark, light));
  }

  /** A pale colour. */
  static Color pastel(RandomGenerator random) {
    return colour(random.nextDouble(), random, 0.1, 0.4, 0.8, 1.0);
  }

  Color of(Part.Role role) {
    return switch (role) {
      case BODY -> body;
      case ACCENT -> accent;
      case DETAIL -> detail;
    };
  }
}
