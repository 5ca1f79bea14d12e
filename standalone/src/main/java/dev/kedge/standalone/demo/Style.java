package dev.kedge.standalone.demo;

import java.awt.Color;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** How it is drawn: the domains. */
enum Style {
  /** Shaded bodies in the colours such things have, before a blurred ground, with grain. */
  PHOTO {
    @Override
    Canvas draw(Scene scene, RandomGenerator random) {
      return new PhotoPainter(random).paint(scene);
    }
  },
  /** Flat colours, freely chosen, with thick dark outlines. */
  CARTOON {
    @Override
    Canvas draw(Scene scene, RandomGenerator random) {
      Palette palette = Palette.free(scene.thing(), random);
      Canvas canvas = new Canvas(Palette.pastel(random));
      double width = random.nextDouble(1.5, 3.5);
      scene.clutter().forEach(part -> canvas.fill(part.shape(), Palette.pastel(random)));
      for (Part part : scene.parts()) {
        canvas.fill(part.shape(), palette.of(part.role()));
        canvas.outline(part.shape(), new Color(25, 20, 30), width);
      }
      return canvas;
    }
  },
  /** Unsteady pencil lines on paper; nothing is filled. */
  SKETCH {
    @Override
    Canvas draw(Scene scene, RandomGenerator random) {
      return new Pencil(random).draw(scene);
    }
  },
  /** Coloured stones with dark joints between them. */
  MOSAIC {
    @Override
    Canvas draw(Scene scene, RandomGenerator random) {
      return new MosaicLayer(random).lay(scene);
    }
  };

  /** Draws a scene. */
  abstract Canvas draw(Scene scene, RandomGenerator random);

  /** The domain's name. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
