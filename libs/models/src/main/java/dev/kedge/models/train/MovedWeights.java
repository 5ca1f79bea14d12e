package dev.kedge.models.train;

import static dev.kedge.models.train.TrainingKernels.KERNELS;

import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import java.util.List;

/**
 * The weights that move in a run, where they began, and what gradient descent changes to move them.
 *
 * @param anchor the start; never changes
 * @param parametrisation how the moved follow from the trained
 * @param trained changed in place by the steps
 * @param moved what the model reads: leaves for differentiation, some of them the trained ones
 */
record MovedWeights(
    Weights anchor, Parametrisation parametrisation, Weights trained, Weights moved) {
  /** At the start; everything is a copy that the scope owns. */
  static MovedWeights of(Scope scope, Weights start, List<Protection> protections) {
    Weights anchor = Autograd.copies(scope, start);
    Parametrisation parametrisation = parametrisation(anchor, protections);
    Weights trained = Autograd.leaves(scope, parametrisation.start(scope));
    Weights derived = Autograd.leaves(scope, anchor.only(parametrisation.derived()));
    Weights moved = trained.with(derived).only(start.names());
    return new MovedWeights(anchor, parametrisation, trained, moved);
  }

  private static Parametrisation parametrisation(Weights anchor, List<Protection> protections) {
    List<? extends Parametrisation> ways =
        protections.stream().flatMap(each -> each.parametrisation(anchor).stream()).toList();
    if (ways.size() > 1) {
      throw new IllegalArgumentException(
          "a run has at most one of lora and adaptive, not " + ways.size() + " of them");
    }
    return ways.isEmpty() ? new Parametrisation.Direct(anchor) : ways.get(0);
  }

  /** Brings the derived ones up to date after the trained have changed. */
  void refresh(Scope scope) {
    Weights derived = parametrisation.derive(scope, trained);
    if (!derived.names().isEmpty()) {
      KERNELS.run(scope, "assign", List.of(moved.all(derived.names()), derived.all()));
    }
  }

  /** The moved weights that follow from other values of the trained. */
  Weights from(Scope scope, Weights values) {
    return values.with(parametrisation.derive(scope, values)).only(moved.names());
  }

  Weights pullBack(Scope scope, Weights gradients) {
    return parametrisation.pullBack(scope, trained, gradients);
  }

  /** Takes back a share of the way of each pulled weight, which trains itself. */
  void approach(Scope scope, AnchoredPull pull, double rate, RateFactors factors) {
    for (String name : pull.anchor().names()) {
      double share = rate * factors.of(name) * pull.lambda();
      KERNELS.run(scope, "approach", List.of(trained.get(name), pull.anchor().get(name), share));
    }
  }
}
