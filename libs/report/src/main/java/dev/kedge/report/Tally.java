package dev.kedge.report;

/** What a suite's measure is made of, sample by sample, so that samples can be drawn anew. */
sealed interface Tally permits Outcomes, KeptOutcomes, Costs {
  /** Number of samples. */
  int samples();

  /** The measure over the samples as they are. */
  double value();

  /** The measure over the samples as they were drawn. */
  double value(SampleDraw draw);

  /**
   * The measure over some of the samples; of a draw, over those of them that were drawn.
   *
   * @param kept right where a sample is kept; at least one is
   */
  Tally among(Outcomes kept);
}
