package dev.kedge.data;

/**
 * Random brightness, contrast and saturation, in this order, each by a factor drawn evenly from
 * {@code max(0, 1 − x)} to {@code 1 + x}: torchvision's {@code ColorJitter} on Pillow's {@code
 * ImageEnhance}, with a fixed order.
 *
 * @param brightness x of the brightness, at least 0; 0 leaves it
 * @param contrast x of the contrast, at least 0; 0 leaves it
 * @param saturation x of the saturation, at least 0; 0 leaves it
 */
public record ColourJitter(double brightness, double contrast, double saturation) {
  /** No change. */
  public static final ColourJitter NONE = new ColourJitter(0, 0, 0);

  public ColourJitter {
    if (!(brightness >= 0 && contrast >= 0 && saturation >= 0)) {
      throw new IllegalArgumentException(
          "colour.brightness, contrast and saturation must not be below 0, got %s, %s, %s"
              .formatted(brightness, contrast, saturation));
    }
  }

  /** Whether it changes anything. */
  boolean isNone() {
    return equals(NONE);
  }

  Picture apply(Picture picture, long draw) {
    Picture changed = brightness > 0 ? brighter(picture, factor(brightness, draw, 0)) : picture;
    changed = contrast > 0 ? contrasted(changed, factor(contrast, draw, 1)) : changed;
    return saturation > 0 ? saturated(changed, factor(saturation, draw, 2)) : changed;
  }

  private static float factor(double reach, long draw, int which) {
    double least = Math.max(0, 1 - reach);
    return (float) (least + (1 + reach - least) * Mixer.unit(Mixer.mix(draw, which)));
  }

  /** Away from black. */
  static Picture brighter(Picture picture, float factor) {
    return picture.blend((red, green, blue) -> 0, factor);
  }

  /** Away from the mean grey. */
  static Picture contrasted(Picture picture, float factor) {
    long sum = 0;
    byte[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i += 3) {
      sum += grey(rgb[i] & 0xFF, rgb[i + 1] & 0xFF, rgb[i + 2] & 0xFF);
    }
    int mean = (int) (sum / (rgb.length / 3.0) + 0.5);
    return picture.blend((red, green, blue) -> mean, factor);
  }

  /** Away from each pixel's own grey. */
  static Picture saturated(Picture picture, float factor) {
    return picture.blend(ColourJitter::grey, factor);
  }

  /** Pillow's luma, of ITU-R 601-2, in fixed point. */
  static int grey(int red, int green, int blue) {
    return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
  }
}
