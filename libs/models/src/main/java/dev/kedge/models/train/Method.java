package dev.kedge.models.train;

import dev.kedge.models.torch.Weights;
import java.util.Optional;

/**
 * A way to fine-tune: what trains, what joins the loss, what joins the gradient. The weights where
 * a run starts are its anchor.
 */
public interface Method {
  /** Whether a tensor of the image tower, its projection or the head trains. */
  default boolean trains(String name) {
    return true;
  }

  /** What joins the loss. */
  default Optional<Distillation> distillation() {
    return Optional.empty();
  }

  /**
   * What joins the gradient.
   *
   * @param anchor the trainable weights at the start
   */
  default Optional<AnchoredPenalty> penalty(Weights anchor) {
    return Optional.empty();
  }
}
