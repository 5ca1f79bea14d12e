package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;

/**
 * A penalty at work: bound to an anchor and to the weights it holds.
 *
 * @param penalty the price
 * @param anchor where the way begins; its names are those that are penalised
 */
public record AnchoredPenalty(Penalty penalty, Weights anchor) {
  /** Adds the gradient in place to those of the penalised weights. */
  Penalty.Price addGradient(Scope scope, Weights weights, Weights gradients) {
    List<Tensor> differences =
        TrainingKernels.KERNELS.tensors(
            scope, "differences", weights.all(anchor.names()), anchor.all());
    return penalty.addGradient(scope, differences, gradients.all(anchor.names()));
  }
}
