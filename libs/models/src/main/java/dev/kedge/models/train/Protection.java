package dev.kedge.models.train;

import dev.kedge.models.torch.Weights;
import java.util.List;
import java.util.Optional;

/**
 * A way to keep old knowledge while the task is learnt: what trains, what joins the loss, the
 * gradient or the step, what becomes of the path. A run has any number of them; plain fine-tuning
 * has none. The weights where a run starts are its anchor.
 */
public interface Protection {
  /**
   * Which tensors move, of those that may.
   *
   * @throws IllegalArgumentException if what the protection asks for is not among them
   */
  default List<String> moved(List<String> candidates) {
    return candidates;
  }

  /** Which tensors move under all protections together. */
  static List<String> moved(List<Protection> protections, List<String> candidates) {
    List<String> moved = candidates;
    for (Protection each : protections) {
      moved = each.moved(moved);
    }
    return List.copyOf(moved);
  }

  /** What joins the loss. */
  default Optional<Distillation> distillation() {
    return Optional.empty();
  }

  /**
   * What joins the gradient.
   *
   * @param anchor the moved weights at the start
   */
  default Optional<AnchoredPenalty> penalty(Weights anchor) {
    return Optional.empty();
  }

  /**
   * What joins the step.
   *
   * @param anchor the moved weights at the start
   */
  default Optional<AnchoredPull> pull(Weights anchor) {
    return Optional.empty();
  }

  /**
   * What trains in place of the moved weights themselves.
   *
   * @param anchor the moved weights at the start
   */
  default Optional<? extends Parametrisation> parametrisation(Weights anchor) {
    return Optional.empty();
  }

  /** How the path is averaged into the result. */
  default Optional<Ema> average() {
    return Optional.empty();
  }
}
