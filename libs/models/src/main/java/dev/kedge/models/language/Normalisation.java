package dev.kedge.models.language;

/**
 * The norms of a model.
 *
 * @param rms divides by the root mean square alone; otherwise a layer norm, which centres first
 * @param eps added to the mean square or the variance
 * @param scaled whether norms have a weight
 * @param biased whether they have a bias
 */
public record Normalisation(boolean rms, double eps, boolean scaled, boolean biased) {
  static Normalisation layer(double eps, boolean affine) {
    return new Normalisation(false, eps, affine, affine);
  }

  static Normalisation rms(double eps) {
    return new Normalisation(true, eps, true, false);
  }
}
