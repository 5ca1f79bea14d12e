package dev.kedge.models.train;

import dev.kedge.models.images.EpochPlan;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import java.util.List;

/**
 * Batches of image features that are looked up: as {@link FrozenFeatures}, computed by another run.
 *
 * @param features of every picture as it is
 */
public record StoredFeatures(LabelledPictures pictures, EpochPlan plan, FeatureStore features)
    implements Batches<LabelledBatch> {
  @Override
  public List<LabelledBatch> at(Scope scope, int step) {
    int[] samples = plan.samples(step);
    Tensor inputs = features.of(scope, new Named(pictures.names(samples)));
    return List.of(LabelledBatch.of(scope, inputs, pictures, samples, 0));
  }

  /** Pictures by their names alone. */
  private record Named(List<String> names) implements Batch {
    @Override
    public int weight() {
      return names.size();
    }

    @Override
    public List<Sample> samples() {
      return names.stream().map(name -> new Sample(name, 1)).toList();
    }
  }
}
