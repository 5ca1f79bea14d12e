package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;

/**
 * The model at the start of the run, which the student is held to.
 *
 * @param anchor the start's weights
 * @param distillation how the two are compared
 */
public record Teacher(Weights anchor, Distillation distillation) {
  Tensor term(
      Scope scope,
      ImageClassification task,
      LabelledBatch batch,
      ImageClassification.Outputs student) {
    try (Scope unrecorded = Scope.plain()) {
      ImageClassification.Outputs taught = task.outputs(unrecorded, anchor, batch);
      return distillation.term(scope, student, taught);
    }
  }
}
