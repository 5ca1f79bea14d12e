package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;
import java.util.Optional;

/**
 * Adds λ Σ |Δ| to the loss; the subgradient at 0 is 0.
 *
 * @param lambda λ, at least 0
 */
public record L1(double lambda, PenaltyScope penalised) implements Protection, Penalty {
  @Override
  public Optional<AnchoredPenalty> penalty(Weights anchor) {
    return Optional.of(new AnchoredPenalty(this, penalised.of(anchor)));
  }

  @Override
  public Price addGradient(Scope scope, List<Tensor> differences, List<Tensor> gradients) {
    List<Tensor> signs = TrainingKernels.KERNELS.tensors(scope, "signs", differences);
    TrainingKernels.KERNELS.run(scope, "add_scaled", List.of(gradients, signs, lambda));
    List<Tensor> magnitudes = TrainingKernels.KERNELS.tensors(scope, "magnitudes", differences);
    double raw = TrainingKernels.KERNELS.tensor(scope, "total", magnitudes).number();
    return new Price(raw, lambda * raw);
  }
}
