package dev.kedge.report;

/** What a suite's measure is made of, sample by sample, so that samples can be drawn anew. */
sealed interface Tally permits Outcomes, Costs {
  /** Number of samples. */
  int samples();

  /** The measure over the samples as they are. */
  double value();

  /** The measure over the samples as they were drawn. */
  double value(SampleDraw draw);
}
