package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.Optional;

/**
 * Cross entropy of given features under a head: the batch's inputs are features.
 *
 * @param form the head's
 */
public record HeadClassification(HeadForm form) implements Objective<LabelledBatch> {
  @Override
  public Loss loss(Scope scope, Weights weights, LabelledBatch batch) {
    Tensor logits = form.logits(scope, weights, batch.inputs());
    Tensor task = TrainingKernels.KERNELS.tensor(scope, "cross_entropy", logits, batch.labels());
    return new Loss(task, Optional.empty());
  }
}
