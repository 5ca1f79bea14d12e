package dev.kedge.fisher;

import dev.kedge.models.fisher.FisherLabels;
import dev.kedge.stage.v1.FisherSpec;

/** Whose labels a spec asks for. */
final class Labels {
  private Labels() {}

  /**
   * Says it for a share of the samples.
   *
   * @param before rows of the samples before that share
   * @throws IllegalArgumentException if nobody can give these
   */
  static FisherLabels of(FisherSpec spec, long before) {
    return switch (spec.getMode()) {
      case MODE_UNSPECIFIED, EMPIRICAL -> new FisherLabels.Observed();
      case EXPECTED -> expected(spec);
      case SAMPLED -> new FisherLabels.Sampled(spec.getDraws(), spec.getSeed(), before);
      case UNRECOGNIZED -> throw new IllegalArgumentException("the mode is unknown");
    };
  }

  private static FisherLabels expected(FisherSpec spec) {
    if (spec.hasText()) {
      throw new IllegalArgumentException(
          "mode EXPECTED would take a pass for every token that a language model knows: draw the"
              + " labels instead, SAMPLED");
    }
    return new FisherLabels.Expected();
  }
}
