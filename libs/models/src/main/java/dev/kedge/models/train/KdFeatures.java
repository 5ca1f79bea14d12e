package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;

/**
 * Adds λ mean ‖f − f0‖² to the loss; f is the image embedding before normalisation, or the last
 * hidden state of a language model at its scored tokens.
 *
 * @param lambda λ, at least 0
 */
public record KdFeatures(double lambda) implements Distillation {
  @Override
  public Tensor term(Scope scope, Outputs student, Outputs teacher) {
    return TrainingKernels.KERNELS.tensor(
        scope, "feature_distance", student.features(), teacher.features(), lambda);
  }
}
