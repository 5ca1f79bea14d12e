package dev.kedge.tensors;

import java.io.IOException;
import java.util.List;

/**
 * The exponential moving average along a training run: e₀ = s₀, eₖ = decay·eₖ₋₁ + (1 − decay)·sₖ.
 *
 * @param snapshots the run's checkpoints, oldest first
 * @param decay in [0, 1]; 0 is the last snapshot
 */
public record Ema(List<Recipe> snapshots, double decay) implements Recipe {
  /**
   * @throws IllegalArgumentException if there is no snapshot, or the decay is outside [0, 1]
   */
  public Ema {
    snapshots = List.copyOf(snapshots);
    if (snapshots.isEmpty()) {
      throw new IllegalArgumentException("a moving average needs at least one snapshot");
    }
    decay = Share.check("decay", decay);
  }

  @Override
  public List<Recipe> parts() {
    return snapshots;
  }

  @Override
  public Mixture mixture() {
    return snapshots.stream().map(Recipe::mixture).reduce(this::next).orElseThrow();
  }

  @Override
  public Mixture at(Derivation tensor) throws IOException {
    Mixture average = snapshots.get(0).at(tensor);
    for (Recipe snapshot : snapshots.subList(1, snapshots.size())) {
      average = next(average, snapshot.at(tensor));
    }
    return average;
  }

  private Mixture next(Mixture average, Mixture snapshot) {
    return snapshot.towards(average, decay);
  }
}
