package dev.kedge.models.train;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ImageStates;
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
public record ImageClassification(Clip clip, HeadForm form)
    implements FeatureLearner<LabelledBatch> {
  @Override
  public Outputs outputs(Scope scope, Weights weights, LabelledBatch batch) {
    ImageStates states = clip.image(scope, weights, batch.inputs());
    Tensor logits = form.logits(scope, weights, states.features());
    return new Outputs(states.features(), logits, states.classTokens());
  }

  @Override
  public Outputs ofFeatures(Scope scope, Weights weights, Tensor features) {
    return new Outputs(features, form.logits(scope, weights, features), List.of());
  }

  @Override
  public Tensor loss(Scope scope, Outputs outputs, LabelledBatch batch) {
    return outputs.predictions().crossEntropy(scope, batch.labels());
  }
}
