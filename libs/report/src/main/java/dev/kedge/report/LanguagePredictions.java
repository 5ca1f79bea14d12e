package dev.kedge.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A language model on one suite. Its file's header is {@code {"measure": NAME}}. */
public record LanguagePredictions(Measure measure, List<LanguagePrediction> samples)
    implements Predictions {

  /**
   * Checks that the samples can be measured.
   *
   * @throws IllegalArgumentException if there is no sample, or some have choices and some do not,
   *     or none has where choosing is measured, or characters were not counted where they matter
   */
  public LanguagePredictions {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("predictions of no sample say nothing");
    }
    boolean choosing = measure.isOfChoices() || !samples.get(0).choices().isEmpty();
    for (LanguagePrediction sample : samples) {
      if (sample.choices().isEmpty() == choosing) {
        throw new IllegalArgumentException(
            "sample '%s' has %s choices: all samples of a suite have some, or none"
                .formatted(sample.sample(), choosing ? "no" : "some"));
      }
      if (measure == Measure.ACCURACY_NORM && sample.characters().isEmpty()) {
        throw new IllegalArgumentException(
            "sample '%s': ACCURACY_NORM needs the characters of each choice"
                .formatted(sample.sample()));
      }
    }
  }

  /** Whether there are answers to choose from. */
  public boolean hasChoices() {
    return !samples.get(0).choices().isEmpty();
  }

  /** Whether the characters of each answer to choose from were counted. */
  boolean hasCharacters() {
    return samples.stream().noneMatch(sample -> sample.characters().isEmpty());
  }

  /** Whether a sample is right, as the measure has it; empty where there are no choices. */
  public Optional<Boolean> right(LanguagePrediction sample) {
    return measure == Measure.ACCURACY_NORM ? sample.rightByCharacters() : sample.right();
  }

  /** The place of the choice that is taken, as the measure has it. There are choices. */
  public int chosen(LanguagePrediction sample) {
    return measure == Measure.ACCURACY_NORM ? sample.chosenByCharacters() : sample.chosen();
  }

  @Override
  public Map<String, Measure> header() {
    return Map.of("measure", measure);
  }
}
