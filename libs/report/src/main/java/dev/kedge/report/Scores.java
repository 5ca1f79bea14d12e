package dev.kedge.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one model's predictions on one suite amount to. All shares are in [0, 1]. */
public final class Scores {
  private final Outcomes outcomes;
  private final double top5;
  private final double calibrationError;
  private final Map<String, Double> classes;
  private final int samplesHash;

  private Scores(Predictions predictions) {
    List<Prediction> samples = predictions.samples();
    outcomes = Outcomes.of(samples);
    top5 = mean(samples.stream().mapToInt(p -> p.top().contains(p.label()) ? 1 : 0));
    calibrationError = Calibration.error(samples);
    classes = classes(predictions);
    samplesHash = samples.stream().map(p -> List.of(p.sample(), p.label())).toList().hashCode();
  }

  /** Scores the predictions. */
  public static Scores of(Predictions predictions) {
    return new Scores(predictions);
  }

  /** Number of samples. */
  public int samples() {
    return outcomes.samples();
  }

  /** Number of samples whose likeliest class is the right one. */
  public int right() {
    return outcomes.right();
  }

  /** Share of samples whose likeliest class is the right one. */
  public double top1() {
    return (double) right() / samples();
  }

  /** Share of samples whose right class is among the five likeliest. */
  public double top5() {
    return top5;
  }

  /** Mean of the accuracies of the classes that occur. */
  public double meanPerClass() {
    return classes.values().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** Accuracy of each class that occurs, by name. */
  public Map<String, Double> classes() {
    return classes;
  }

  /** Expected calibration error over 15 equal bins of confidence. */
  public double calibrationError() {
    return calibrationError;
  }

  /** Share of samples that the base had right and this model has wrong. */
  public double negativeFlips(Scores base) {
    return (double) base.outcomes.rightUnlike(outcomes) / samples();
  }

  /** True where both speak of the same samples in the same order. */
  boolean sameSamples(Scores other) {
    return samples() == other.samples() && samplesHash == other.samplesHash;
  }

  Outcomes outcomes() {
    return outcomes;
  }

  private static Map<String, Double> classes(Predictions predictions) {
    Map<String, Double> byName =
        predictions.samples().stream()
            .collect(
                Collectors.groupingBy(
                    p -> predictions.classes().get(p.label()),
                    TreeMap::new,
                    Collectors.averagingInt(p -> p.right() ? 1 : 0)));
    return Map.copyOf(byName);
  }

  private static double mean(IntStream values) {
    return values.average().orElseThrow();
  }
}
