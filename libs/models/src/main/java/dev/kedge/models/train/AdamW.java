package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019), as PyTorch's fused kernel does
 * it: β = (0.9, 0.999), ε = 1e-8 beside √v̂. Tensors of two or more dimensions decay, others do
 * not.
 */
final class AdamW implements Optimiser {
  private static final String MEAN = "exp_avg.";
  private static final String SQUARE = "exp_avg_sq.";

  private final double decay;
  private final Map<Boolean, List<String>> namesByDecay;
  private final Weights state;

  /**
   * @param scope owns the moments, which start at zero
   */
  AdamW(Scope scope, Weights weights, double decay) {
    this.decay = decay;
    this.namesByDecay =
        weights.names().stream()
            .collect(Collectors.partitioningBy(name -> weights.get(name).shape().length >= 2));
    this.state = zeros(scope, weights, MEAN).with(zeros(scope, weights, SQUARE));
  }

  private static Weights zeros(Scope scope, Weights weights, String prefix) {
    List<Tensor> zeros = TrainingKernels.KERNELS.tensors(scope, "zeros_like", weights.all());
    return weights.named(zeros).prefixed(prefix);
  }

  @Override
  public void update(Scope scope, Weights weights, Weights gradients, int step, double rate) {
    namesByDecay.forEach(
        (decays, names) -> {
          if (!names.isEmpty()) {
            TrainingKernels.KERNELS.run(
                scope,
                "adamw",
                List.of(
                    weights.all(names),
                    gradients.all(names),
                    moments(MEAN, names),
                    moments(SQUARE, names),
                    step,
                    rate,
                    decays ? decay : 0.0));
          }
        });
  }

  private List<Tensor> moments(String prefix, List<String> names) {
    return state.all(names.stream().map(prefix::concat).toList());
  }

  @Override
  public Weights state() {
    return state;
  }
}
