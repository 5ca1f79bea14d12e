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
      if (choosing && right(measure, sample).isEmpty()) {
        throw new IllegalArgumentException(
            "sample '%s': %s needs the %s of each choice"
                .formatted(
                    sample.sample(),
                    measure,
                    measure == Measure.ACCURACY_NORM ? "characters" : "bytes"));
      }
    }
  }

  /** Whether there are answers to choose from. */
  public boolean hasChoices() {
    return !samples.get(0).choices().isEmpty();
  }

  /** Whether a sample is right, as the measure has it; empty where there are no choices. */
  public Optional<Boolean> right(LanguagePrediction sample) {
    return right(measure, sample);
  }

  private static Optional<Boolean> right(Measure measure, LanguagePrediction sample) {
    return switch (measure) {
      case ACCURACY_NORM -> sample.rightByCharacters();
      case ACCURACY_BYTES -> sample.rightByBytes();
      default -> sample.right();
    };
  }

  /** The place of the choice that is taken, as the measure has it. There are choices. */
  public int chosen(LanguagePrediction sample) {
    return switch (measure) {
      case ACCURACY_NORM -> sample.chosenByCharacters();
      case ACCURACY_BYTES -> sample.chosenByBytes();
      default -> sample.chosen();
    };
  }

  /**
   * By how much the right choice is dearer than the one that is taken, in what the measure
   * compares: nats of each, or of each character or byte of each. 0 or more. There are choices.
   */
  public double margin(LanguagePrediction sample) {
    return cost(sample, sample.label()) - cost(sample, chosen(sample));
  }

  private double cost(LanguagePrediction sample, int choice) {
    double nats = sample.choices().get(choice);
    return switch (measure) {
      case ACCURACY_NORM -> nats / sample.characters().get(choice);
      case ACCURACY_BYTES -> nats / sample.choiceBytes().get(choice);
      default -> nats;
    };
  }

  @Override
  public Map<String, Measure> header() {
    return Map.of("measure", measure);
  }
}
