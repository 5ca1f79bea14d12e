package dev.kedge.training;

import dev.kedge.data.Augmentation;
import dev.kedge.data.ColourJitter;
import dev.kedge.data.RandomArea;
import java.util.Optional;

/** The contract's augmentation as the data library draws it. */
final class Augmentations {
  private Augmentations() {}

  static Augmentation of(dev.kedge.stage.v1.Augmentation spec, long seed) {
    Optional<RandomArea> area =
        spec.hasRandomResizedCrop()
            ? Optional.of(new RandomArea(spec.getRandomResizedCrop().getMinScale()))
            : Optional.empty();
    ColourJitter colour =
        new ColourJitter(
            spec.getColour().getBrightness(),
            spec.getColour().getContrast(),
            spec.getColour().getSaturation());
    return new Augmentation(area, spec.getFlip(), spec.getShiftPixels(), colour, seed);
  }
}
