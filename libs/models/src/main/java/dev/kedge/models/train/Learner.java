package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;

/** A model under a task: what it says of a batch, and what the task makes of that. */
public interface Learner<B extends Batch> {
  /** What the model says of a batch; a teacher says it by the same way. */
  Outputs outputs(Scope scope, Weights weights, B batch);

  /** The task's loss: a scalar, the mean over the batch's scored rows. */
  Tensor loss(Scope scope, Outputs outputs, B batch);

  /**
   * Brings weights back into their bounds after a step; called in a plain scope.
   *
   * @param weights those that the step has changed
   */
  default void constrain(Scope scope, Weights weights) {}
}
