package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;

/** A learner whose outputs follow from its features by a head. */
public interface FeatureLearner<B extends Batch> extends Learner<B> {
  /**
   * What {@link #outputs} says where the features are known, without the layers.
   *
   * @param features {@code [rows, width]}
   */
  Outputs ofFeatures(Scope scope, Weights weights, Tensor features);
}
