package dev.kedge.fisher;

import dev.kedge.models.fisher.FisherLabels;
import dev.kedge.stage.v1.FisherSpec;

/** Whose labels a spec asks for. */
final class Labels {
  private Labels() {}

  static FisherLabels of(FisherSpec spec) {
    return switch (spec.getMode()) {
      case MODE_UNSPECIFIED, EMPIRICAL -> new FisherLabels.Observed();
      case EXPECTED -> new FisherLabels.Expected();
      case SAMPLED -> new FisherLabels.Sampled(spec.getDraws(), spec.getSeed());
      case UNRECOGNIZED -> throw new IllegalArgumentException("the mode is unknown");
    };
  }
}
