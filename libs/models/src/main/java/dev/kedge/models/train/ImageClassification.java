package dev.kedge.models.train;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;

/**
 * Cross entropy of images under a head on CLIP's image tower.
 *
 * @param clip the architecture
 * @param form the head's
 */
public record ImageClassification(Clip clip, HeadForm form) implements Learner<LabelledBatch> {
  @Override
  public Outputs outputs(Scope scope, Weights weights, LabelledBatch batch) {
    Tensor features = clip.imageFeatures(scope, weights, batch.inputs());
    return new Outputs(features, form.logits(scope, weights, features), List.of());
  }

  @Override
  public Tensor loss(Scope scope, Outputs outputs, LabelledBatch batch) {
    return batch.crossEntropy(scope, outputs.logits());
  }
}
