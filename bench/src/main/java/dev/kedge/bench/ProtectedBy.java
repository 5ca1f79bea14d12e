package dev.kedge.bench;

import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Ema;
import dev.kedge.models.train.Ewc;
import dev.kedge.models.train.KdFeatures;
import dev.kedge.models.train.KdLogits;
import dev.kedge.models.train.L1;
import dev.kedge.models.train.L2;
import dev.kedge.models.train.L2Decoupled;
import dev.kedge.models.train.PenaltyScope;
import dev.kedge.models.train.Protection;
import java.util.List;

/**
 * The methods whose cost is looked at. {@code LP} trains a head on features that are given; {@code
 * KD_FEATURES_STORED} looks its teacher's features up.
 */
enum ProtectedBy {
  FULL,
  LP,
  L1,
  L2,
  L2_DECOUPLED,
  EWC,
  EMA,
  KD_FEATURES,
  KD_FEATURES_STORED,
  KD_LOGITS;

  /** What protects a run that starts there. */
  List<Protection> protections(Weights start) {
    return switch (this) {
      case FULL, LP -> List.of();
      case L1 -> List.of(new L1(1e-4, PenaltyScope.ALL));
      case L2 -> List.of(new L2(0.1, PenaltyScope.ALL));
      case L2_DECOUPLED -> List.of(new L2Decoupled(0.1, PenaltyScope.ALL));
      // The weights stand for their own importance: its values do not matter to the time.
      case EWC -> List.of(new Ewc(0.1, PenaltyScope.ALL, start));
      case EMA -> List.of(new Ema(0.99));
      case KD_FEATURES, KD_FEATURES_STORED -> List.of(new KdFeatures(0.1));
      case KD_LOGITS -> List.of(new KdLogits(0.1, 1));
    };
  }
}
