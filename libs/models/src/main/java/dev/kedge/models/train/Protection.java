package dev.kedge.models.train;

import dev.kedge.models.torch.Weights;
import java.util.Optional;

/**
 * A way to keep old knowledge while the task is learnt: what trains, what joins the loss, what
 * joins the gradient. A run has any number of them; plain fine-tuning has none. The weights where a
 * run starts are its anchor.
 */
public interface Protection {
  /** Whether a tensor trains, of those that may; it does where every protection agrees. */
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
