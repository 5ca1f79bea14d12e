package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;

/**
 * Cross entropy of given features under a head: the batch's inputs are features.
 *
 * @param form the head's
 */
public record HeadClassification(HeadForm form) implements Learner<LabelledBatch> {
  @Override
  public Outputs outputs(Scope scope, Weights weights, LabelledBatch batch) {
    Tensor logits = form.logits(scope, weights, batch.inputs());
    return new Outputs(batch.inputs(), logits, List.of());
  }

  @Override
  public Tensor loss(Scope scope, Outputs outputs, LabelledBatch batch) {
    return outputs.predictions().crossEntropy(scope, batch.labels());
  }
}
