package dev.kedge.data;

/**
 * A random rectangle of a picture that is then resized to the model's size, as torchvision's {@code
 * RandomResizedCrop} draws it: an area of a share between {@code minScale} and 1 of the picture,
 * its sides' ratio between 3:4 and 4:3, evenly in its logarithm. Where ten draws do not fit into
 * the picture, it is the largest centred rectangle of an allowed ratio.
 *
 * @param minScale smallest share of the area, above 0 and at most 1
 */
public record RandomArea(double minScale) {
  private static final int TRIES = 10;
  private static final double NARROWEST = 3.0 / 4;
  private static final double WIDEST = 4.0 / 3;

  public RandomArea {
    if (!(minScale > 0 && minScale <= 1)) {
      throw new IllegalArgumentException(
          "random_resized_crop.min_scale must be above 0 and at most 1, got " + minScale);
    }
  }

  /** The drawn part of a picture at another size. */
  Picture apply(Picture picture, int width, int height, long draw) {
    return PillowResize.bicubic(cut(picture, draw), width, height);
  }

  private Picture cut(Picture picture, long draw) {
    for (int i = 0; i < TRIES; i++) {
      double scale = minScale + (1 - minScale) * Mixer.unit(Mixer.mix(draw, i, 0));
      double log = Math.log(WIDEST / NARROWEST) * Mixer.unit(Mixer.mix(draw, i, 1));
      double ratio = NARROWEST * Math.exp(log);
      double area = scale * picture.width() * picture.height();
      int width = (int) Math.round(Math.sqrt(area * ratio));
      int height = (int) Math.round(Math.sqrt(area / ratio));
      if (width >= 1 && height >= 1 && width <= picture.width() && height <= picture.height()) {
        int left = Mixer.below(picture.width() - width + 1, Mixer.mix(draw, i, 2));
        int top = Mixer.below(picture.height() - height + 1, Mixer.mix(draw, i, 3));
        return picture.part(left, top, width, height);
      }
    }
    return centre(picture);
  }

  private static Picture centre(Picture picture) {
    int width = picture.width();
    int height = picture.height();
    double ratio = (double) width / height;
    if (ratio < NARROWEST) {
      height = (int) Math.round(width / NARROWEST);
    } else if (ratio > WIDEST) {
      width = (int) Math.round(height * WIDEST);
    }
    int left = (picture.width() - width) / 2;
    return picture.part(left, (picture.height() - height) / 2, width, height);
  }
}
