package dev.kedge.report;

import java.util.List;
import java.util.Map;

/**
 * What a language model wrote on one suite. Its file's header is {@code {"measure":
 * "EXACT_MATCH"}}.
 */
public record WrittenPredictions(List<WrittenPrediction> samples) implements Predictions {

  /**
   * Copies.
   *
   * @throws IllegalArgumentException if there is no sample
   */
  public WrittenPredictions {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("predictions of no sample say nothing");
    }
  }

  @Override
  public Measure measure() {
    return Measure.EXACT_MATCH;
  }

  @Override
  public Map<String, Measure> header() {
    return Map.of("measure", measure());
  }
}
