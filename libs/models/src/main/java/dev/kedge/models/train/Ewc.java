package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;
import java.util.Optional;

/**
 * Adds (λ/2) Σ F Δ² to the loss: elastic weight consolidation (Kirkpatrick et al., 2017).
 *
 * @param lambda λ, at least 0
 * @param fisher F by weight; a weight without one is not held
 */
public record Ewc(double lambda, PenaltyScope penalised, Weights fisher) implements Protection {
  @Override
  public Optional<AnchoredPenalty> penalty(Weights anchor) {
    Weights inScope = penalised.of(anchor);
    Weights held = inScope.only(inScope.names().stream().filter(fisher.names()::contains).toList());
    return Optional.of(new AnchoredPenalty(new Pull(lambda, fisher.all(held.names())), held));
  }

  private record Pull(double lambda, List<Tensor> fisher) implements Penalty {
    @Override
    public Price addGradient(Scope scope, List<Tensor> differences, List<Tensor> gradients) {
      List<Tensor> pull = TrainingKernels.KERNELS.tensors(scope, "products", fisher, differences);
      TrainingKernels.KERNELS.run(scope, "add_scaled", List.of(gradients, pull, lambda));
      List<Tensor> terms = TrainingKernels.KERNELS.tensors(scope, "products", pull, differences);
      double raw = TrainingKernels.KERNELS.tensor(scope, "total", terms).number();
      return new Price(raw, lambda / 2 * raw);
    }
  }
}
