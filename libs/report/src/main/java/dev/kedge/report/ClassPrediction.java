package dev.kedge.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model said of one sample that belongs to a class.
 *
 * @param sample the sample's key in its data set
 * @param label the right class
 * @param top the likeliest classes, at most {@value #TOP}, likeliest first; of equal ones the lower
 *     class comes first
 * @param confidence softmax probability of the first of them, in [0, 1]
 */
public record ClassPrediction(String sample, int label, List<Integer> top, double confidence)
    implements Prediction {
  /** How many of the likeliest classes are kept. */
  public static final int TOP = 5;

  /** Checks the ranges. */
  public ClassPrediction {
    top = List.copyOf(top);
    if (top.isEmpty() || !(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException(
          "sample '%s': needs a likeliest class and a confidence in [0, 1], not %s and %s"
              .formatted(sample, top, confidence));
    }
  }

  /**
   * Ranks the classes by their logits {@code [classes]}.
   *
   * @throws IllegalArgumentException if one is NaN or infinite; a class that is ruled out has −∞
   */
  public static ClassPrediction ofLogits(String sample, int label, float[] logits) {
    List<Integer> ranked =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -logits[c]))
            .limit(TOP)
            .toList();
    double highest = logits[ranked.get(0)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - highest);
    }
    if (!Double.isFinite(sum)) {
      throw new IllegalArgumentException(
          "sample '%s': the model's logits are not numbers, %s: its weights are broken, or its training diverged"
              .formatted(sample, Arrays.toString(logits)));
    }
    return new ClassPrediction(sample, label, ranked, 1 / sum);
  }

  /** True where the likeliest class is the right one. */
  public boolean right() {
    return top.get(0) == label;
  }
}
