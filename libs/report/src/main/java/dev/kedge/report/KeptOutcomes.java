package dev.kedge.report;

/**
 * Right or wrong of some samples of a suite. Of a draw those that are kept count; one that has none
 * of them counts as all that are kept.
 */
final class KeptOutcomes implements Tally {
  private final Outcomes right;
  private final Outcomes kept;

  KeptOutcomes(Outcomes right, Outcomes kept) {
    this.right = right;
    this.kept = kept;
  }

  @Override
  public int samples() {
    return kept.samples();
  }

  @Override
  public double value() {
    return (double) right.right() / kept.right();
  }

  @Override
  public double value(SampleDraw draw) {
    double drawn = draw.share(kept);
    return drawn == 0 ? value() : draw.share(right) / drawn;
  }

  @Override
  public Tally among(Outcomes others) {
    throw new IllegalStateException("some samples were left out already");
  }
}
