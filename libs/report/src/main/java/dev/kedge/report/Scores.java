package dev.kedge.report;

import java.util.List;
import java.util.Optional;

/** What one model's predictions on one suite amount to. */
public abstract sealed class Scores permits ClassScores, LanguageScores, WrittenScores, KeptScores {
  private final Measure measure;
  private final int samples;
  private final int identity;

  /**
   * Keeps what the samples are.
   *
   * @param identities of each sample, all that two models must have been given alike
   */
  Scores(Measure measure, List<?> identities) {
    this.measure = measure;
    samples = identities.size();
    identity = identities.hashCode();
  }

  /** The same samples as another's. */
  Scores(Scores other) {
    measure = other.measure;
    samples = other.samples;
    identity = other.identity;
  }

  /** Scores the predictions. */
  public static Scores of(Predictions predictions) {
    if (predictions instanceof ClassPredictions classified) {
      return new ClassScores(classified);
    }
    if (predictions instanceof WrittenPredictions written) {
      return new WrittenScores(written);
    }
    return new LanguageScores((LanguagePredictions) predictions);
  }

  /** What {@link #value} measures. */
  public Measure measure() {
    return measure;
  }

  /** Number of samples. */
  public int samples() {
    return samples;
  }

  /** The measure over all samples. */
  public double value() {
    return tally().value();
  }

  /**
   * Where samples have choices: the accuracy of whoever always takes the place that is right most
   * often.
   */
  public Optional<Double> majority() {
    return Optional.empty();
  }

  /** Classes that the model's trained head does not know; a zero-shot head was asked for them. */
  List<String> unknown() {
    return List.of();
  }

  /** What the measure is made of. */
  abstract Tally tally();

  /** Right or wrong, where samples are either. */
  abstract Optional<Outcomes> outcomes();

  /** True where both speak of the same samples in the same order. */
  boolean sameSamples(Scores other) {
    return samples == other.samples && identity == other.identity;
  }
}
