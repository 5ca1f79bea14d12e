package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;

/** What is learnt: the loss of a batch under given weights. */
@FunctionalInterface
public interface Objective<B extends Batch> {
  Loss loss(Scope scope, Weights weights, B batch);

  /** Brings weights back into their bounds after a step; called in a plain scope. */
  default void constrain(Scope scope, Weights weights) {}
}
