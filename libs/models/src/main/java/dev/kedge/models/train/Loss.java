package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import java.util.Optional;

/**
 * The loss of a batch: means over its samples, recorded for differentiation.
 *
 * @param task what the task asks for
 * @param added what a method adds, already weighted
 */
public record Loss(Tensor task, Optional<Tensor> added) {
  /** The sum that is differentiated. */
  Tensor total(Scope scope) {
    return added
        .map(term -> TrainingKernels.KERNELS.tensor(scope, "sum_of", task, term))
        .orElse(task);
  }
}
