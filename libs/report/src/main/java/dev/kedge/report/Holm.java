package dev.kedge.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's correction (1979): of m tests, the i-th smallest p value (from 0) is multiplied by m − i
 * and is no smaller than those before it. Whoever rejects below 5% errs in any of them at most 5%
 * of the time.
 */
public final class Holm {
  /** A corrected p value below it is marked. */
  public static final double LEVEL = 0.05;

  private Holm() {}

  /** The corrected p values, in the order given. */
  static List<Double> adjusted(List<Double> pValues) {
    List<Integer> rising =
        IntStream.range(0, pValues.size())
            .boxed()
            .sorted(Comparator.comparingDouble(pValues::get))
            .toList();
    Double[] adjusted = new Double[pValues.size()];
    double largest = 0;
    for (int i = 0; i < adjusted.length; i++) {
      int test = rising.get(i);
      largest = Math.max(largest, Math.min(1, (adjusted.length - i) * pValues.get(test)));
      adjusted[test] = largest;
    }
    return List.of(adjusted);
  }
}
