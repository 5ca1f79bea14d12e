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

  /** Of the training images as the run sees them, epoch by epoch where they are changed. */
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

  /** Of the training images as they are. */
  public static FeaturesSpec asTheyAre(TrainSpecOrBuilder run) {
    return FeaturesSpec.newBuilder()
        .setBase(run.getBase())
        .setImages(
            FeaturesSpec.Images.newBuilder()
                .setData(run.getClassification().getTrain())
                .setEpochs(1))
        .setThreads(run.getOptimisation().getThreads())
        .build();
  }
}
