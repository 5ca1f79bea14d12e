package dev.kedge.models.train;

import dev.kedge.models.torch.Tensor;
import java.util.List;

/**
 * What a model says of a batch, a row for each sample of images or each answer token of text.
 *
 * @param features {@code [rows, width]}: the image embedding, not normalised, or the last hidden
 *     state
 * @param predictions what follows from the features
 * @param layers features on the way, {@code [rows, width]} each, from the first layer on; may be
 *     empty
 */
public record Outputs(Tensor features, Predictions predictions, List<Tensor> layers) {
  public Outputs {
    layers = List.copyOf(layers);
  }

  /** With logits {@code [rows, classes]} that are there already. */
  public Outputs(Tensor features, Tensor logits, List<Tensor> layers) {
    this(features, scope -> logits, layers);
  }
}
