package dev.kedge.models.train;

/**
 * How gradients become steps.
 *
 * @param schedule the learning rate
 * @param weightDecay of AdamW, on tensors of two or more dimensions
 * @param clipNorm largest norm of the total gradient; 0 for no clipping
 * @param factors on the learning rate of some tensors
 */
public record Descent(Schedule schedule, double weightDecay, double clipNorm, RateFactors factors) {
  public Descent {
    if (!(clipNorm >= 0) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "clip_norm %s and weight_decay %s must not be below 0".formatted(clipNorm, weightDecay));
    }
  }

  /** One learning rate for all tensors. */
  public Descent(Schedule schedule, double weightDecay, double clipNorm) {
    this(schedule, weightDecay, clipNorm, RateFactors.NONE);
  }
}
