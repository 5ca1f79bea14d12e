package dev.kedge.models.clip;

import dev.kedge.models.torch.Tensor;
import java.util.List;

/**
 * What the image tower says of images.
 *
 * @param features {@code [batch, projection]}, not normalised
 * @param classTokens after each block, {@code [batch, width]}
 */
public record ImageStates(Tensor features, List<Tensor> classTokens) {
  public ImageStates {
    classTokens = List.copyOf(classTokens);
  }
}
