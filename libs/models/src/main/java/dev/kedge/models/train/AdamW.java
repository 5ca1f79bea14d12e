package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019), as PyTorch's fused kernel does
 * it: β = (0.9, 0.999), ε = 1e-8 beside √v̂. Tensors of two or more dimensions decay, others do
 * not.
 */
final class AdamW implements Optimiser {
  private static final String MEAN = "exp_avg.";
  private static final String SQUARE = "exp_avg_sq.";

  private final List<Group> groups;
  private final Weights state;

  /** Tensors that are treated alike. */
  private record Group(List<String> names, double factor, double decay) {}

  /**
   * @param scope owns the moments, which start at zero
   */
  AdamW(Scope scope, Weights weights, Descent descent) {
    this.groups = groups(weights, descent);
    this.state = zeros(scope, weights, MEAN).with(zeros(scope, weights, SQUARE));
  }

  private static List<Group> groups(Weights weights, Descent descent) {
    List<Group> groups = new ArrayList<>();
    descent
        .factors()
        .groups(weights.names())
        .forEach(
            (factor, names) ->
                names.stream()
                    .collect(Collectors.partitioningBy(name -> decays(weights, name)))
                    .forEach(
                        (decays, some) ->
                            groups.add(
                                new Group(some, factor, decays ? descent.weightDecay() : 0.0))));
    return groups.stream().filter(group -> !group.names.isEmpty()).toList();
  }

  private static boolean decays(Weights weights, String name) {
    return weights.get(name).shape().length >= 2;
  }

  private static Weights zeros(Scope scope, Weights weights, String prefix) {
    List<Tensor> zeros = TrainingKernels.KERNELS.tensors(scope, "zeros_like", weights.all());
    return weights.named(zeros).prefixed(prefix);
  }

  @Override
  public void update(Scope scope, Weights weights, Weights gradients, int step, double rate) {
    for (Group group : groups) {
      TrainingKernels.KERNELS.run(
          scope,
          "adamw",
          List.of(
              weights.all(group.names),
              gradients.all(group.names),
              moments(MEAN, group.names),
              moments(SQUARE, group.names),
              step,
              rate * group.factor,
              group.decay));
    }
  }

  private List<Tensor> moments(String prefix, List<String> names) {
    return state.all(names.stream().map(prefix::concat).toList());
  }

  @Override
  public Weights state() {
    return state;
  }
}
