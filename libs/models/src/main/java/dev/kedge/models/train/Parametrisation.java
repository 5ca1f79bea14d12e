package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import java.util.List;
import java.util.Map;

/** How the weights that move follow from those that gradient descent changes. */
interface Parametrisation {
  /** What is changed, at its start; the values are not copied. */
  Weights start(Scope scope);

  /** Names of the moved weights that are computed; all others are changed themselves. */
  List<String> derived();

  /** The computed ones. */
  Weights derive(Scope scope, Weights trained);

  /** Gradients for what is changed, from those for the moved weights. */
  Weights pullBack(Scope scope, Weights trained, Weights gradients);

  /** The moved weights are those that are changed. */
  record Direct(Weights anchor) implements Parametrisation {
    @Override
    public Weights start(Scope scope) {
      return anchor;
    }

    @Override
    public List<String> derived() {
      return List.of();
    }

    @Override
    public Weights derive(Scope scope, Weights trained) {
      return new Weights(Map.of());
    }

    @Override
    public Weights pullBack(Scope scope, Weights trained, Weights gradients) {
      return gradients;
    }
  }
}
