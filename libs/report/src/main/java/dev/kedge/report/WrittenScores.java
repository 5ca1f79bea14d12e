package dev.kedge.report;

import java.util.List;
import java.util.Optional;

/** How often a language model wrote what was asked for. */
public final class WrittenScores extends Scores {
  private final Outcomes outcomes;
  private final Optional<InstructionShares> instructions;

  WrittenScores(WrittenPredictions predictions) {
    super(
        predictions.measure(),
        predictions.samples().stream().map(p -> List.of(p.sample(), p.wanted())).toList());
    outcomes = Outcomes.of(predictions.samples(), WrittenPrediction::right);
    instructions =
        measure() == Measure.INSTRUCTIONS_FOLLOWED
            ? Optional.of(InstructionShares.of(predictions.samples()))
            : Optional.empty();
  }

  /** The like measures of instructions, where these are measured. */
  public Optional<InstructionShares> instructions() {
    return instructions;
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
