package dev.kedge.report;

import java.util.List;
import java.util.Map;

/** What a language model wrote on one suite. Its file's header is {@code {"measure": NAME}}. */
public record WrittenPredictions(Measure measure, List<WrittenPrediction> samples)
    implements Predictions {

  /**
   * Copies.
   *
   * @throws IllegalArgumentException if there is no sample, or the measure is of no writing
   */
  public WrittenPredictions {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("predictions of no sample say nothing");
    }
    if (!measure.isOfWriting()) {
      throw new IllegalArgumentException(measure + " does not measure what is written");
    }
  }

  @Override
  public Map<String, Measure> header() {
    return Map.of("measure", measure);
  }
}
