package dev.kedge.contract;

import dev.kedge.stage.v1.Augmentation;
import dev.kedge.stage.v1.FeaturesSpec;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.stage.v1.TrainSpecOrBuilder;

/**
 * The features that a training run can read instead of computing them: what the plan orders, and
 * what the run demands of what it gets.
 */
public final class RunFeatures {
  private RunFeatures() {}

  /** Of the training data as the run sees it: images epoch by epoch where they are changed. */
  public static FeaturesSpec seen(TrainSpecOrBuilder run) {
    Optimisation optimisation = run.getOptimisation();
    Augmentation augmentation = optimisation.getAugmentation();
    FeaturesSpec.Builder seen = asTheyAre(run).toBuilder();
    if (!augmentation.equals(Augmentation.getDefaultInstance())) {
      seen.getImagesBuilder()
          .setAugmentation(augmentation)
          .setEpochs(optimisation.getEpochs())
          .setSeed(optimisation.getSeed());
    }
    return seen.build();
  }

  /** Of the training images, or the tokens of the training answers, as they are. */
  public static FeaturesSpec asTheyAre(TrainSpecOrBuilder run) {
    FeaturesSpec.Builder plain =
        FeaturesSpec.newBuilder()
            .setBase(run.getBase())
            .setThreads(run.getOptimisation().getThreads())
            .setDevice(run.getOptimisation().getDevice());
    if (run.hasInstruction()) {
      return plain.setInstruction(run.getInstruction()).build();
    }
    plain.getImagesBuilder().setData(run.getClassification().getTrain()).setEpochs(1);
    return plain.build();
  }
}
