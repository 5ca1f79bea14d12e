package dev.kedge.models.train;

import java.util.Optional;

/**
 * The result is an exponential moving average of the path, {@code a ← decay·a + (1 − decay)·θ}
 * after every step, which begins at the anchor.
 *
 * @param decay in [0, 1)
 */
public record Ema(double decay) implements Protection {
  public Ema {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("ema.decay must be at least 0 and below 1, not " + decay);
    }
  }

  @Override
  public Optional<Ema> average() {
    return Optional.of(this);
  }
}
