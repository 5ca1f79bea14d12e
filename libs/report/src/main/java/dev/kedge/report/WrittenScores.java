package dev.kedge.report;

import java.util.List;
import java.util.Optional;

/** How often a language model wrote what was asked for. */
public final class WrittenScores extends Scores {
  private final Outcomes outcomes;

  WrittenScores(WrittenPredictions predictions) {
    super(
        Measure.EXACT_MATCH,
        predictions.samples().stream().map(p -> List.of(p.sample(), p.wanted())).toList());
    outcomes = Outcomes.of(predictions.samples(), WrittenPrediction::right);
  }

  @Override
  Tally tally() {
    return outcomes;
  }

  @Override
  Optional<Outcomes> outcomes() {
    return Optional.of(outcomes);
  }
}
