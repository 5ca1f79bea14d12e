package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;

/**
 * A model whose features are looked up: only its head computes, and only its head could learn. As a
 * teacher it has no layers, so that {@link Ldifs} cannot be taught by it.
 *
 * @param learner the model under its task
 * @param features of everything that will be asked
 */
public record RememberingTeacher<B extends Batch>(FeatureLearner<B> learner, FeatureStore features)
    implements Learner<B> {
  @Override
  public Outputs outputs(Scope scope, Weights weights, B batch) {
    return learner.ofFeatures(scope, weights, features.of(scope, batch));
  }

  @Override
  public Tensor loss(Scope scope, Outputs outputs, B batch) {
    return learner.loss(scope, outputs, batch);
  }
}
