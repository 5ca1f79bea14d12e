package dev.kedge.plan;

import dev.kedge.stage.v1.Augmentation;
import dev.kedge.stage.v1.FeaturesSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.TrainSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * The stages that compute a base's features of the training images once for all runs that need
 * them: neither method nor λ is in their specs.
 */
final class FeatureStages {
  private final Stages stages;
  private final Map<FeaturesSpec, Input> made = new HashMap<>();

  FeatureStages(Stages stages) {
    this.stages = stages;
  }

  /** Gives a run what its method reads; adds the stages that are not there yet. */
  void supply(TrainSpec.Builder run) {
    if (!run.hasBase() || !run.hasClassification()) {
      return;
    }
    if (isTaughtByFeatures(run.getMethod())) {
      run.setTeacherFeatures(features(run, run.getOptimisation().getAugmentation()));
    }
    if (run.getMethod().hasLp() || run.getMethod().hasLpFt()) {
      run.setFrozenFeatures(features(run, Augmentation.getDefaultInstance()));
    }
  }

  /** Layers are not kept, and what is replayed is not among the training images. */
  private static boolean isTaughtByFeatures(MethodSpec method) {
    return (method.hasKdFeatures() || method.hasKdLogits())
        && !method.hasLdifs()
        && !method.hasReplay();
  }

  private Input features(TrainSpec.Builder run, Augmentation augmentation) {
    FeaturesSpec.Images.Builder images =
        FeaturesSpec.Images.newBuilder()
            .setData(run.getClassification().getTrain())
            .setAugmentation(augmentation)
            .setEpochs(1);
    boolean changes = !augmentation.equals(Augmentation.getDefaultInstance());
    Optimisation optimisation = run.getOptimisation();
    if (changes) {
      images.setEpochs(optimisation.getEpochs()).setSeed(optimisation.getSeed());
    }
    FeaturesSpec spec =
        FeaturesSpec.newBuilder()
            .setBase(run.getBase())
            .setImages(images)
            .setThreads(optimisation.getThreads())
            .build();
    String id =
        changes ? "features-seed" + Long.toUnsignedString(optimisation.getSeed()) : "features";
    return made.computeIfAbsent(
        spec, one -> stages.add(id, StageSpec.newBuilder().setFeatures(one).build()));
  }
}
