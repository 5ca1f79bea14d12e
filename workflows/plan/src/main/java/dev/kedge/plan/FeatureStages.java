package dev.kedge.plan;

import dev.kedge.contract.RunFeatures;
import dev.kedge.stage.v1.FeaturesSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.TrainSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * The stages that compute a base's features of the training data once for all runs that need them:
 * neither method nor λ is in their specs. Plain text is long, so runs on it see for themselves.
 */
final class FeatureStages {
  private final Stages stages;
  private final Map<FeaturesSpec, Input> made = new HashMap<>();

  FeatureStages(Stages stages) {
    this.stages = stages;
  }

  /** Gives a run what its method reads; adds the stages that are not there yet. */
  void supply(TrainSpec.Builder run) {
    if (!run.hasBase() || !(run.hasClassification() || run.hasInstruction())) {
      return;
    }
    if (isTaughtByFeatures(run.getMethod())) {
      run.setTeacherFeatures(features(RunFeatures.seen(run)));
    }
    if (run.getMethod().hasLp() || run.getMethod().hasLpFt()) {
      run.setFrozenFeatures(features(RunFeatures.asTheyAre(run)));
    }
  }

  /** Layers are not kept, and what is replayed is not among the training data. */
  private static boolean isTaughtByFeatures(MethodSpec method) {
    return (method.hasKdFeatures() || method.hasKdLogits())
        && !method.hasLdifs()
        && !method.hasReplay();
  }

  private Input features(FeaturesSpec spec) {
    boolean changes = spec.getImages().hasAugmentation();
    String id =
        changes ? "features-seed" + Long.toUnsignedString(spec.getImages().getSeed()) : "features";
    return made.computeIfAbsent(
        spec, one -> stages.add(id, StageSpec.newBuilder().setFeatures(one).build()));
  }
}
