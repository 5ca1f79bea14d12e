package dev.kedge.tensors;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Spherical interpolation, tensor by tensor, as mergekit does it: θ is the angle between the two
 * tensors taken as vectors, the result sin((1 − t)·θ)/sin θ · a + sin(t·θ)/sin θ · b of the tensors
 * as they are. Tensors that are nearly parallel or anti-parallel, |cos θ| &gt; 0.9995, are
 * interpolated linearly; that is so for most norms and for close fine-tunes.
 *
 * @param a the model at t = 0
 * @param b the model at t = 1
 * @param t in [0, 1]
 */
public record Slerp(Recipe a, Recipe b, double t) implements Recipe {
  private static final double NEARLY_PARALLEL = 0.9995;

  /**
   * @throws IllegalArgumentException if t is outside [0, 1]
   */
  public Slerp {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
    t = Share.check("t", t);
  }

  @Override
  public List<Recipe> parts() {
    return List.of(a, b);
  }

  @Override
  public Mixture mixture() {
    return t == 0 || t == 1
        ? a.mixture().towards(b.mixture(), t)
        : Mixture.ofResult("slerp", a.mixture(), b.mixture(), t);
  }

  @Override
  public Mixture at(Derivation tensor) throws IOException {
    Mixture from = a.at(tensor);
    Mixture to = b.at(tensor);
    double cosine = t == 0 || t == 1 ? 1 : tensor.gram(List.of(from, to)).cosine(0, 1);
    if (Math.abs(cosine) > NEARLY_PARALLEL) {
      return from.towards(to, t);
    }
    double angle = Math.acos(cosine);
    return from.times(Math.sin((1 - t) * angle) / Math.sin(angle))
        .plus(to.times(Math.sin(t * angle) / Math.sin(angle)));
  }
}
