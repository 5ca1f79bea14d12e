package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;

/**
 * Adds λ T² KL(softmax(z0/T) ‖ softmax(z/T)), a mean over samples, to the loss (Hinton et al.,
 * 2015).
 *
 * @param lambda λ, at least 0
 * @param temperature T, above 0
 */
public record KdLogits(double lambda, double temperature) implements Distillation {
  public KdLogits {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("the temperature must be above 0, not " + temperature);
    }
  }

  @Override
  public Tensor term(Scope scope, Outputs student, Outputs teacher) {
    Tensor learnt = student.predictions().logits(scope);
    Tensor taught = teacher.predictions().logits(scope);
    return TrainingKernels.KERNELS.tensor(
        scope, "logit_divergence", learnt, taught, lambda, temperature);
  }
}
