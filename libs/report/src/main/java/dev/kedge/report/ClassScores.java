package dev.kedge.report;

import dev.kedge.v1.ClassFlips;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a classifier's predictions on one suite amount to. All shares are in [0, 1]. */
public final class ClassScores extends Scores {
  private final Outcomes outcomes;
  private final double top5;
  private final double calibrationError;
  private final Map<String, Double> classes;
  private final List<String> unknown;
  private final List<String> names;
  private final int[] labels;

  ClassScores(ClassPredictions predictions) {
    super(
        Measure.ACCURACY,
        predictions.samples().stream().map(p -> List.of(p.sample(), p.label())).toList());
    List<ClassPrediction> samples = predictions.samples();
    outcomes = Outcomes.of(samples, ClassPrediction::right);
    top5 = mean(samples.stream().mapToInt(p -> p.top().contains(p.label()) ? 1 : 0));
    calibrationError = Calibration.error(samples);
    classes = classes(predictions);
    unknown = predictions.unknown();
    names = predictions.classes();
    labels = samples.stream().mapToInt(ClassPrediction::label).toArray();
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

  /** What flipped in each class that occurs, by name, against another model on the same samples. */
  Map<String, ClassFlips> flipsSince(ClassScores before) {
    Map<String, ClassFlips.Builder> byName = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      ClassFlips.Builder flips =
          byName.computeIfAbsent(names.get(labels[i]), name -> ClassFlips.newBuilder());
      flips.setSamples(flips.getSamples() + 1);
      boolean right = outcomes.isRight(i);
      if (before.outcomes.isRight(i) && !right) {
        flips.setLost(flips.getLost() + 1);
      } else if (!before.outcomes.isRight(i) && right) {
        flips.setGained(flips.getGained() + 1);
      }
    }
    Map<String, ClassFlips> flips = new TreeMap<>();
    byName.forEach((name, each) -> flips.put(name, each.build()));
    return flips;
  }

  /** Expected calibration error over 15 equal bins of confidence. */
  public double calibrationError() {
    return calibrationError;
  }

  @Override
  List<String> unknown() {
    return unknown;
  }

  @Override
  Tally tally() {
    return outcomes;
  }

  @Override
  Optional<Outcomes> outcomes() {
    return Optional.of(outcomes);
  }

  private static Map<String, Double> classes(ClassPredictions predictions) {
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
