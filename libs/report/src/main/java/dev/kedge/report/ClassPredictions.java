package dev.kedge.report;

import java.util.List;
import java.util.Map;

/** A classifier on one suite. Its file's header is {@code {"classes": [NAME, …]}}. */
public record ClassPredictions(List<String> classes, List<ClassPrediction> samples)
    implements Predictions {

  /**
   * Checks that the labels are classes.
   *
   * @throws IllegalArgumentException if there is no sample or a class index is out of range
   */
  public ClassPredictions {
    classes = List.copyOf(classes);
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
    return Map.of("classes", classes);
  }

  private static void check(int index, ClassPrediction sample, int classes) {
    if (index < 0 || index >= classes) {
      throw new IllegalArgumentException(
          "sample '%s': class %d is not one of the %d classes"
              .formatted(sample.sample(), index, classes));
    }
  }
}
