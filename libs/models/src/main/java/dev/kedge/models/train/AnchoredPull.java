package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;

/**
 * A pull back to the anchor beside the optimiser's step, which does not pass through its moments.
 *
 * @param lambda λ: a step takes back the share {@code rate · λ} of the way
 * @param anchor where the way begins; its names are those that are pulled
 */
public record AnchoredPull(double lambda, Weights anchor) {
  /** ½ Σ Δ²: the potential whose gradient, times λ, is the pull. */
  double potential(Scope scope, Weights weights) {
    List<Tensor> differences =
        TrainingKernels.KERNELS.tensors(
            scope, "differences", weights.all(anchor.names()), anchor.all());
    return TrainingKernels.KERNELS.tensor(scope, "total_of_squares", differences).number() / 2;
  }
}
