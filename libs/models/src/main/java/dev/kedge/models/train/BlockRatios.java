package dev.kedge.models.train;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The ratios of adaptive model averaging (arXiv 2309.06256) as a function of free scores s: r_k =
 * min(1, ρ · u_k / mean(u)) with u = σ(s) + ε. Below 1 their mean is ρ; equal scores give ρ to all.
 *
 * @param rho ρ in (0, 1)
 */
public record BlockRatios(double rho) {
  /** ε: no block is given up, whatever its score. */
  public static final double EPSILON = 0.01;

  /**
   * @throws IllegalArgumentException if ρ is not between 0 and 1
   */
  public BlockRatios {
    if (!(rho > 0 && rho < 1)) {
      throw new IllegalArgumentException("rho must be between 0 and 1, not " + rho);
    }
  }

  /** The ratio of each block. */
  public double[] of(float[] scores) {
    double[] lifted = lifted(scores);
    double mean = mean(lifted);
    return Arrays.stream(lifted).map(one -> Math.min(1, rho * one / mean)).toArray();
  }

  /** The gradient for the scores, from that for the ratios. */
  double[] pullBack(float[] scores, double[] atRatios) {
    double[] lifted = lifted(scores);
    double mean = mean(lifted);
    double[] free = free(atRatios, lifted, mean);
    double shared =
        mean(IntStream.range(0, free.length).mapToDouble(k -> free[k] * lifted[k]).toArray());
    return IntStream.range(0, free.length)
        .mapToDouble(k -> rho / mean * (free[k] - shared / mean) * slope(scores[k]))
        .toArray();
  }

  /** A ratio that is 1 already does not move. */
  private double[] free(double[] atRatios, double[] lifted, double mean) {
    return IntStream.range(0, atRatios.length)
        .mapToDouble(k -> rho * lifted[k] / mean < 1 ? atRatios[k] : 0)
        .toArray();
  }

  private static double[] lifted(float[] scores) {
    return IntStream.range(0, scores.length)
        .mapToDouble(k -> sigmoid(scores[k]) + EPSILON)
        .toArray();
  }

  private static double sigmoid(double score) {
    return 1 / (1 + Math.exp(-score));
  }

  private static double slope(double score) {
    return sigmoid(score) * (1 - sigmoid(score));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
