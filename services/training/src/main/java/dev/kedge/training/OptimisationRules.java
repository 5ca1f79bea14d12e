package dev.kedge.training;

import dev.kedge.data.Augmentation;
import dev.kedge.data.SampleOrder;
import dev.kedge.models.images.EpochPlan;
import dev.kedge.models.train.Descent;
import dev.kedge.models.train.Schedule;
import dev.kedge.stage.v1.Optimisation;

/** What the spec's optimisation means for a data set of some size. */
record OptimisationRules(Optimisation spec, int samples) {
  OptimisationRules {
    require(spec.getEpochs() >= 1, "epochs", "at least 1", spec.getEpochs());
    require(spec.getLearningRate() > 0, "learning_rate", "above 0", spec.getLearningRate());
    require(spec.getWarmupSteps() >= 0, "warmup_steps", "at least 0", spec.getWarmupSteps());
    require(
        spec.getPrecision() == Optimisation.Precision.F32,
        "precision",
        "F32, the only one so far",
        spec.getPrecision());
  }

  private static void require(boolean right, String name, String wanted, Object value) {
    if (!right) {
      throw new IllegalArgumentException(
          "optimisation.%s must be %s, not %s".formatted(name, wanted, value));
    }
  }

  EpochPlan epochs() {
    return new EpochPlan(new SampleOrder(samples, spec.getSeed()), spec.getBatchSize());
  }

  int steps() {
    return Math.multiplyExact(spec.getEpochs(), epochs().stepsPerEpoch());
  }

  Augmentation augmentation() {
    var augmentation = spec.getAugmentation();
    return new Augmentation(augmentation.getFlip(), augmentation.getShiftPixels(), spec.getSeed());
  }

  Descent descent() {
    return new Descent(schedule(), spec.getWeightDecay(), spec.getClipNorm());
  }

  private Schedule schedule() {
    double rate = spec.getLearningRate();
    return switch (spec.getSchedule()) {
      case COSINE -> Schedule.cosine(rate, spec.getWarmupSteps(), steps());
      case CONSTANT -> Schedule.constant(rate, spec.getWarmupSteps());
      case ONE_CYCLE -> Schedule.oneCycle(rate, steps());
      case SCHEDULE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("optimisation.schedule is not set");
    };
  }
}
