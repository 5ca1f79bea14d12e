package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import java.util.List;
import java.util.Map;

/** θ -= rate · g: no momentum, no decay; its golden traces are the best conditioned. */
final class Sgd implements Optimiser {
  @Override
  public void update(Scope scope, Weights weights, Weights gradients, int step, double rate) {
    TrainingKernels.KERNELS.run(
        scope, "add_scaled", List.of(weights.all(), gradients.all(), -rate));
  }

  @Override
  public Weights state() {
    return new Weights(Map.of());
  }
}
