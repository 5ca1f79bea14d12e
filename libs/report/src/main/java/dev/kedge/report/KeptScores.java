package dev.kedge.report;

import java.util.Optional;

/** What a model's predictions on some samples of a suite amount to. */
final class KeptScores extends Scores {
  private final Tally tally;

  /**
   * Leaves samples out.
   *
   * @param kept right where a sample is kept
   */
  KeptScores(Scores all, Outcomes kept) {
    super(all);
    tally = all.tally().among(kept);
  }

  @Override
  Tally tally() {
    return tally;
  }

  @Override
  Optional<Outcomes> outcomes() {
    return Optional.empty();
  }
}
