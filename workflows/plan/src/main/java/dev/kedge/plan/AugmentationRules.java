package dev.kedge.plan;

import dev.kedge.v1.Augmentation;

/** How far training images may be changed. */
final class AugmentationRules {
  private static final String PATH = "training.augmentation";

  private final Augmentation augmentation;
  private final Problems problems;

  AugmentationRules(Augmentation augmentation, Problems problems) {
    this.augmentation = augmentation;
    this.problems = problems;
  }

  void check() {
    problems.requireNotNegative(augmentation.getShiftPixels(), PATH + ".shift_pixels");
    if (augmentation.hasRandomResizedCrop()) {
      double scale = augmentation.getRandomResizedCrop().getMinScale();
      problems.require(
          scale > 0 && scale <= 1,
          PATH + ".random_resized_crop.min_scale",
          "%s is not in (0, 1]: it is the smallest share of the area that is kept"
              .formatted(Numbers.text(scale)));
    }
    checkColour(augmentation.getColour().getBrightness(), "brightness");
    checkColour(augmentation.getColour().getContrast(), "contrast");
    checkColour(augmentation.getColour().getSaturation(), "saturation");
  }

  private void checkColour(double strength, String name) {
    problems.require(
        strength >= 0 && strength <= 1,
        PATH + ".colour." + name,
        "%s is not in [0, 1]".formatted(Numbers.text(strength)));
  }
}
