package dev.kedge.training;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.models.train.Learner;
import dev.kedge.models.train.Outputs;
import java.util.List;

/**
 * CLIP's image tower without a head: it has features to give, and nothing to learn.
 *
 * @param clip the architecture
 */
record ImageFeatures(Clip clip) implements Learner<LabelledBatch> {
  @Override
  public Outputs outputs(Scope scope, Weights weights, LabelledBatch batch) {
    Tensor features = clip.imageFeatures(scope, weights, batch.inputs());
    return new Outputs(features, features, List.of());
  }

  @Override
  public Tensor loss(Scope scope, Outputs outputs, LabelledBatch batch) {
    throw new UnsupportedOperationException("features alone have no loss");
  }
}
