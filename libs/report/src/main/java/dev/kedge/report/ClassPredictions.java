package dev.kedge.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A classifier on one suite. Its file's header is {@code {"classes": [NAME, …]}}.
 *
 * @param unknown those of the classes that the model's trained head does not know, so that a
 *     zero-shot head was asked in its place; empty where it knows all or has none
 */
public record ClassPredictions(
    List<String> classes, List<String> unknown, List<ClassPrediction> samples)
    implements Predictions {
  static final String UNKNOWN = "unknown";

  /** Predictions by the model's own head. */
  public ClassPredictions(List<String> classes, List<ClassPrediction> samples) {
    this(classes, List.of(), samples);
  }

  /**
   * Checks that the labels are classes.
   *
   * @throws IllegalArgumentException if there is no sample or a class index is out of range
   */
  public ClassPredictions {
    classes = List.copyOf(classes);
    unknown = List.copyOf(unknown);
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("predictions of no sample say nothing");
    }
    for (ClassPrediction sample : samples) {
      check(sample.label(), sample, classes.size());
      for (int predicted : sample.top()) {
        check(predicted, sample, classes.size());
      }
    }
  }

  @Override
  public Measure measure() {
    return Measure.ACCURACY;
  }

  @Override
  public Map<String, List<String>> header() {
    return unknown.isEmpty()
        ? Map.of("classes", classes)
        : new TreeMap<>(Map.of("classes", classes, UNKNOWN, unknown));
  }

  private static void check(int index, ClassPrediction sample, int classes) {
    if (index < 0 || index >= classes) {
      throw new IllegalArgumentException(
          "sample '%s': class %d is not one of the %d classes"
              .formatted(sample.sample(), index, classes));
    }
  }
}
