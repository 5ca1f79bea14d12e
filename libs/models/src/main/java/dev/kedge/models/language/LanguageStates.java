package dev.kedge.models.language;

import dev.kedge.models.torch.Tensor;
import java.util.List;

/**
 * What a language model makes of the places that predict, a row for each scored token.
 *
 * @param last after the last norm: what transformers calls the last hidden state, {@code [rows,
 *     width]}
 * @param layers after each layer, {@code [rows, width]} each
 */
public record LanguageStates(Tensor last, List<Tensor> layers) {
  public LanguageStates {
    layers = List.copyOf(layers);
  }
}
