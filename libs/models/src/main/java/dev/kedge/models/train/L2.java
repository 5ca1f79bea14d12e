package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;
import java.util.Optional;

/**
 * Adds λ Σ Δ² to the loss: L2-SP of Li et al. (2018), without its factor of one half.
 *
 * @param lambda λ, at least 0
 */
public record L2(double lambda, PenaltyScope penalised) implements Protection, Penalty {
  @Override
  public Optional<AnchoredPenalty> penalty(Weights anchor) {
    return Optional.of(new AnchoredPenalty(this, penalised.of(anchor)));
  }

  @Override
  public Price addGradient(Scope scope, List<Tensor> differences, List<Tensor> gradients) {
    TrainingKernels.KERNELS.run(scope, "add_scaled", List.of(gradients, differences, 2 * lambda));
    double raw = TrainingKernels.KERNELS.tensor(scope, "total_of_squares", differences).number();
    return new Price(raw, lambda * raw);
  }
}
