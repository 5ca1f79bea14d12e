package dev.kedge.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a language model's predictions on one suite amount to. */
public final class LanguageScores extends Scores {
  private final Tally tally;
  private final Optional<Outcomes> outcomes;
  private final Optional<Double> majority;
  private final Optional<Outcomes> plain;
  private final Optional<Outcomes> byCharacters;
  private final Optional<Outcomes> byBytes;
  private final Optional<Outcomes> unasked;
  private final Optional<Perplexities> perplexities;

  LanguageScores(LanguagePredictions predictions) {
    super(
        predictions.measure(),
        predictions.samples().stream()
            .map(p -> Arrays.asList(p.sample(), p.bytes(), p.choices().size(), p.label()))
            .toList());
    List<LanguagePrediction> samples = predictions.samples();
    plain = outcomes(samples, LanguagePrediction::right);
    byCharacters = outcomes(samples, LanguagePrediction::rightByCharacters);
    byBytes = outcomes(samples, LanguagePrediction::rightByBytes);
    unasked = outcomes(samples, LanguagePrediction::rightUnasked);
    perplexities =
        measure().scale() == Scale.BITS_PER_BYTE
            ? Optional.of(Perplexities.of(samples))
            : Optional.empty();
    outcomes = outcomes(samples, predictions::right);
    tally = measure().isOfChoices() ? outcomes.orElseThrow() : Costs.of(samples);
    majority = outcomes.map(choosing -> majority(samples));
  }

  /** Empty where it is not known of all. */
  private static Optional<Outcomes> outcomes(
      List<LanguagePrediction> samples, Function<LanguagePrediction, Optional<Boolean>> right) {
    return samples.stream().allMatch(sample -> right.apply(sample).isPresent())
        ? Optional.of(Outcomes.of(samples, p -> right.apply(p).orElseThrow()))
        : Optional.empty();
  }

  /** Share of samples whose likeliest choice is the right one; empty where there are no choices. */
  public Optional<Double> choiceAccuracy() {
    return plain.map(Outcomes::value);
  }

  /** The same, nats divided by characters; empty also where these were not counted. */
  public Optional<Double> choiceAccuracyByCharacters() {
    return byCharacters.map(Outcomes::value);
  }

  /** The same with UTF-8 bytes. */
  public Optional<Double> choiceAccuracyByBytes() {
    return byBytes.map(Outcomes::value);
  }

  /**
   * As {@link #choiceAccuracy}, the question taken away: what the answers alone tell. Empty also
   * where nobody asked.
   */
  public Optional<Double> accuracyWithoutQuestion() {
    return unasked.map(Outcomes::value);
  }

  /** The costs as perplexities, where bits per byte are measured. */
  public Optional<Perplexities> perplexities() {
    return perplexities;
  }

  @Override
  public Optional<Double> majority() {
    return majority;
  }

  @Override
  Tally tally() {
    return tally;
  }

  @Override
  Optional<Outcomes> outcomes() {
    return outcomes;
  }

  private static double majority(List<LanguagePrediction> samples) {
    Map<Integer, Long> places =
        samples.stream()
            .map(LanguagePrediction::label)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    long most = places.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    return (double) most / samples.size();
  }
}
