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
public record L2Decoupled(double lambda, Reach reach) implements Protection {
  @Override
  public Optional<AnchoredPull> pull(Weights anchor) {
    return Optional.of(new AnchoredPull(lambda, reach.of(anchor)));
  }
}
