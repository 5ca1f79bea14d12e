package dev.kedge.models.train;

import dev.kedge.models.torch.Weights;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fixed parts of a run.
 *
 * @param objective what is learnt
 * @param batches what is seen when
 * @param penalty makes what joins the gradient from the trainable weights at the start
 * @param schedule the learning rate
 * @param weightDecay of AdamW, on tensors of two or more dimensions
 * @param clipNorm largest norm of the total gradient; 0 for no clipping
 */
public record TrainingRun<B extends Batch>(
    Objective<B> objective,
    Batches<B> batches,
    Function<Weights, Optional<AnchoredPenalty>> penalty,
    Schedule schedule,
    double weightDecay,
    double clipNorm) {
  public TrainingRun {
    if (!(clipNorm >= 0) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "clip_norm %s and weight_decay %s must not be below 0".formatted(clipNorm, weightDecay));
    }
  }
}
