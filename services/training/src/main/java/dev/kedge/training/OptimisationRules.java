package dev.kedge.training;

import dev.kedge.data.Augmentation;
import dev.kedge.data.SampleOrder;
import dev.kedge.models.images.EndlessPlan;
import dev.kedge.models.images.EpochPlan;
import dev.kedge.models.train.Descent;
import dev.kedge.models.train.Precision;
import dev.kedge.models.train.RateFactors;
import dev.kedge.models.train.Schedule;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.Optimisation;
import java.util.ArrayList;
import java.util.List;

/** What the spec's optimisation means for a data set of some size. */
record OptimisationRules(Optimisation spec, int samples) {
  OptimisationRules {
    require(spec.getEpochs() >= 1, "epochs", "at least 1", spec.getEpochs());
    require(spec.getLearningRate() > 0, "learning_rate", "above 0", spec.getLearningRate());
    require(spec.getWarmupSteps() >= 0, "warmup_steps", "at least 0", spec.getWarmupSteps());
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

  /** Data beside the task's own, which has no epochs of the run. */
  EndlessPlan endless() {
    return new EndlessPlan(new SampleOrder(samples, spec.getSeed()), spec.getBatchSize());
  }

  int steps() {
    return Math.multiplyExact(spec.getEpochs(), epochs().stepsPerEpoch());
  }

  /** How matrices are multiplied. */
  Precision precision() {
    return switch (spec.getPrecision()) {
      case F32 -> Precision.F32;
      case BF16 -> Precision.BF16;
      case PRECISION_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("optimisation.precision is not set");
    };
  }

  /** What is allowed and can hardly be meant. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (spec.getWarmupSteps() >= steps()) {
      warnings.add(
          ("the warm-up of %d steps is not shorter than the run, which has %d: the learning rate"
                  + " rises to %.0f%% of %s and never falls")
              .formatted(
                  spec.getWarmupSteps(),
                  steps(),
                  100.0 * steps() / spec.getWarmupSteps(),
                  spec.getLearningRate()));
    }
    if (spec.getBatchSize() > samples) {
      warnings.add(
          "the batch size %d is above the %d samples that there are: every step sees all of them"
              .formatted(spec.getBatchSize(), samples));
    }
    int processors = Runtime.getRuntime().availableProcessors();
    if (spec.getThreads() > processors) {
      warnings.add(
          "%d threads share the %d processors of this machine: fewer would be faster, with other"
                  .formatted(spec.getThreads(), processors)
              + " bits");
    }
    return warnings;
  }

  Augmentation augmentation() {
    return Augmentations.of(spec.getAugmentation(), spec.getSeed());
  }

  Descent descent() {
    return new Descent(schedule(), spec.getWeightDecay(), spec.getClipNorm(), rateFactors());
  }

  private RateFactors rateFactors() {
    return new RateFactors(
        spec.getRateFactorsList().stream()
            .map(one -> new RateFactors.Factor(one.getTensors(), one.getFactor()))
            .toList());
  }

  /** The same for the head alone: at one rate for all of it, its own where it has one. */
  OptimisationRules ofProbe(MethodSpec.LinearProbeThenFull probe) {
    Optimisation.Builder own = spec.toBuilder().clearRateFactors();
    if (probe.getLearningRate() > 0) {
      own.setLearningRate(probe.getLearningRate());
    }
    if (probe.getEpochs() > 0) {
      own.setEpochs(probe.getEpochs());
    }
    return new OptimisationRules(own.build(), samples);
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
