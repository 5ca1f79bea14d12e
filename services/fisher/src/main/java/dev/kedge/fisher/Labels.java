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
   */
  static FisherLabels of(FisherSpec spec, long before) {
    return switch (spec.getMode()) {
      case MODE_UNSPECIFIED, EMPIRICAL -> new FisherLabels.Observed();
      case EXPECTED -> new FisherLabels.Expected();
      case SAMPLED -> new FisherLabels.Sampled(spec.getDraws(), spec.getSeed(), before);
      case UNRECOGNIZED -> throw new IllegalArgumentException("the mode is unknown");
    };
  }
}
