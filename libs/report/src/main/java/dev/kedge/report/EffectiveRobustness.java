package dev.kedge.report;

import java.util.List;

/**
 * Accuracy under shift beyond what accuracy without shift lets expect (Taori et al., 2020): over
 * models that were trained for one data set alone, logit(shifted) is a line in logit(own).
 *
 * @param slope of the line, in logits
 * @param intercept of the line, in logits
 */
public record EffectiveRobustness(double slope, double intercept) {
  /**
   * A model that the line is fitted to.
   *
   * @param own its accuracy on the data set that it was trained for, in (0, 1)
   * @param shifted its mean accuracy under shift, in (0, 1)
   */
  public record Baseline(double own, double shifted) {
    /** Checks the ranges. */
    public Baseline {
      logit(own);
      logit(shifted);
    }
  }

  /**
   * The line of least squares.
   *
   * @param baselines at least two of different accuracies
   */
  public static EffectiveRobustness of(List<Baseline> baselines) {
    double meanOwn = baselines.stream().mapToDouble(b -> logit(b.own())).average().orElse(0);
    double meanShifted =
        baselines.stream().mapToDouble(b -> logit(b.shifted())).average().orElse(0);
    double spread = 0;
    double common = 0;
    for (Baseline baseline : baselines) {
      double own = logit(baseline.own()) - meanOwn;
      spread += own * own;
      common += own * (logit(baseline.shifted()) - meanShifted);
    }
    if (spread == 0) {
      throw new IllegalArgumentException(
          "%d baselines of one accuracy make no line; give two that differ"
              .formatted(baselines.size()));
    }
    double slope = common / spread;
    return new EffectiveRobustness(slope, meanShifted - slope * meanOwn);
  }

  /** The accuracy under shift that a model of this accuracy is expected to have. */
  public double expected(double own) {
    return 1 / (1 + Math.exp(-(slope * logit(own) + intercept)));
  }

  /** What a model has beyond that; negative where it has less. */
  public double of(double own, double shifted) {
    return shifted - expected(own);
  }

  private static double logit(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("an accuracy in (0, 1) is needed, not " + share);
    }
    return Math.log(share / (1 - share));
  }
}
