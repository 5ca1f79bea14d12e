package dev.kedge.models.train;

import dev.kedge.data.Augmentation;
import dev.kedge.data.ClipPreprocessing;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;

/** Samples as the image tower takes them: {@code [samples, 3, height, width]}. */
final class Pixels {
  private Pixels() {}

  static Tensor of(
      Scope scope, LabelledPictures pictures, int[] samples, Augmentation augmentation, int epoch) {
    return of(scope, pictures, samples, LabelledPictures.View.augmented(augmentation, epoch));
  }

  static Tensor of(
      Scope scope, LabelledPictures pictures, int[] samples, LabelledPictures.View view) {
    ClipPreprocessing size = pictures.preprocessing();
    return Tensor.of(
        scope,
        pictures.pixels(samples, view),
        samples.length,
        3,
        size.cropHeight(),
        size.cropWidth());
  }
}
