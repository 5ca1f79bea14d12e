package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;
import java.util.Optional;

/**
 * The model at the start of the run, asked once a batch for every distillation.
 *
 * @param anchor the start's weights, moved and frozen ones
 * @param distillations how student and teacher are compared; may be none
 */
record Teacher<B extends Batch>(
    Learner<B> learner, Weights anchor, List<Distillation> distillations) {
  /** The sum of all terms; empty where there is none. */
  Optional<Tensor> term(Scope scope, B batch, Outputs student) {
    if (distillations.isEmpty()) {
      return Optional.empty();
    }
    try (Scope unrecorded = Scope.plain()) {
      Outputs taught = learner.outputs(unrecorded, anchor, batch);
      return distillations.stream()
          .map(each -> each.term(scope, student, taught))
          .reduce((a, b) -> TrainingKernels.KERNELS.tensor(scope, "sum_of", a, b));
    }
  }
}
