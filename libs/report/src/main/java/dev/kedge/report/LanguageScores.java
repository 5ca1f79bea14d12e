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

  LanguageScores(LanguagePredictions predictions) {
    super(
        predictions.measure(),
        predictions.samples().stream()
            .map(p -> Arrays.asList(p.sample(), p.bytes(), p.choices().size(), p.label()))
            .toList());
    List<LanguagePrediction> samples = predictions.samples();
    plain = outcomes(predictions.hasChoices(), samples, LanguagePrediction::right);
    byCharacters =
        outcomes(predictions.hasCharacters(), samples, LanguagePrediction::rightByCharacters);
    outcomes = measure() == Measure.ACCURACY_NORM ? byCharacters : plain;
    tally = measure().isOfChoices() ? outcomes.orElseThrow() : Costs.of(samples);
    majority = outcomes.map(choosing -> majority(samples));
  }

  private static Optional<Outcomes> outcomes(
      boolean known,
      List<LanguagePrediction> samples,
      Function<LanguagePrediction, Optional<Boolean>> right) {
    return known
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
