package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;

/** Turns gradients into steps; its state is part of a training run's. */
interface Optimiser {
  /**
   * Changes the weights in place.
   *
   * @param step 0-based number of the step
   */
  void update(Scope scope, Weights weights, Weights gradients, int step, double rate);

  /** Everything that must be saved to go on as if never interrupted, under stable names. */
  Weights state();
}
