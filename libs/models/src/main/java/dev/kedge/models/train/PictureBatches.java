package dev.kedge.models.train;

import dev.kedge.data.Augmentation;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.images.SamplePlan;
import dev.kedge.models.torch.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Batches of augmented pictures with their classes.
 *
 * @param microBatch most samples computed at once
 */
public record PictureBatches(
    LabelledPictures pictures, SamplePlan plan, Augmentation augmentation, int microBatch)
    implements Batches<LabelledBatch> {
  public PictureBatches {
    if (microBatch < 1) {
      throw new IllegalArgumentException("a micro-batch needs a sample, not " + microBatch);
    }
  }

  @Override
  public List<LabelledBatch> at(Scope scope, int step) {
    int[] samples = plan.samples(step);
    List<LabelledBatch> parts = new ArrayList<>();
    for (int from = 0; from < samples.length; from += microBatch) {
      int to = Math.min(from + microBatch, samples.length);
      int[] part = Arrays.copyOfRange(samples, from, to);
      parts.add(LabelledBatch.of(scope, pictures, part, augmentation, plan.epoch(step)));
    }
    return parts;
  }
}
