package dev.kedge.report;

/**
 * McNemar's exact test of two models on the same samples; for a single pair of runs only, since it
 * knows nothing of the spread between seeds.
 *
 * @param lost samples that the first had right and the second has wrong
 * @param gained samples that the first had wrong and the second has right
 */
public record McNemar(int lost, int gained) {

  /** Compares the second model's predictions with the first's. */
  static McNemar of(Outcomes first, Outcomes second) {
    return new McNemar(first.rightUnlike(second), second.rightUnlike(first));
  }

  /** Two-sided p value: how often a fair coin is at least as one-sided. */
  public double pValue() {
    int flips = lost + gained;
    double logProbability = -flips * Math.log(2);
    double tail = 0;
    for (int k = 0; k <= Math.min(lost, gained); k++) {
      tail += Math.exp(logProbability);
      logProbability += Math.log((double) (flips - k) / (k + 1));
    }
    return Math.min(1, 2 * tail);
  }
}
