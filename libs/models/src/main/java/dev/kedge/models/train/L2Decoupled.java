package dev.kedge.models.train;

import dev.kedge.models.torch.Weights;
import java.util.Optional;

/**
 * θ ← θ − rate·λ(θ − θ0) before AdamW's own change, as its weight decay is done: the pull to the
 * start is not divided by the root of the second moment, so that this is another method than {@link
 * L2}.
 *
 * @param lambda λ, at least 0
 */
public record L2Decoupled(double lambda, PenaltyScope penalised) implements Protection {
  /**
   * Checks that no step takes back more than the whole way.
   *
   * @param rate the highest learning rate
   * @throws IllegalArgumentException if one would
   */
  public void requireNoOvershoot(double rate) {
    if (rate * lambda > 1) {
      throw new IllegalArgumentException(
          "l2_decoupled: the learning rate %s times λ %s is above 1, so that a step goes beyond the start; lower one of them"
              .formatted(rate, lambda));
    }
  }

  @Override
  public Optional<AnchoredPull> pull(Weights anchor) {
    return Optional.of(new AnchoredPull(lambda, penalised.of(anchor)));
  }
}
