package dev.kedge.models.train;

import static dev.kedge.models.train.TrainingKernels.KERNELS;

import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The path of the trained weights as far as it is averaged. */
final class Trajectory {
  private final Weights trained;
  private final Optional<Ema> rule;
  private final Weights average;

  /**
   * @param scope owns the average
   * @param trained at the start; changed by others
   */
  Trajectory(Scope scope, Weights trained, List<Protection> protections) {
    this.trained = trained;
    this.rule = rule(protections);
    this.average = rule.isPresent() ? Autograd.copies(scope, trained) : new Weights(Map.of());
  }

  private static Optional<Ema> rule(List<Protection> protections) {
    List<Ema> rules = protections.stream().flatMap(each -> each.average().stream()).toList();
    if (rules.size() > 1) {
      throw new IllegalArgumentException("a run can have ema once, not " + rules.size());
    }
    return rules.stream().findFirst();
  }

  /** Takes the weights of a step in. */
  void add(Scope scope) {
    rule.ifPresent(
        ema ->
            KERNELS.run(scope, "average_", List.of(average.all(), trained.all(), 1 - ema.decay())));
  }

  /** Where the path has led: its average, or its end. */
  Weights result() {
    return rule.isPresent() ? average : trained;
  }

  /** What must be saved. */
  Weights state() {
    return average;
  }
}
