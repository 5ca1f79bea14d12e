package dev.kedge.plan;

import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.RateFactor;
import dev.kedge.v1.Training;

/** The optimiser's numbers. */
final class TrainingRules {
  private final Training training;
  private final boolean ofText;
  private final Problems problems;

  TrainingRules(ExperimentSpec spec, Problems problems) {
    this.training = spec.getTraining();
    this.ofText = spec.getTask().hasInstruction() || spec.getTask().hasLanguageModelling();
    this.problems = problems;
  }

  void check() {
    problems.require(
        training.getEpochs() > 0,
        "training.epochs",
        "%d must be at least 1".formatted(training.getEpochs()));
    checkLearningRates();
    problems.requireNotNegative(training.getWeightDecay(), "training.weight_decay");
    problems.requireNotNegative(training.getClipNorm(), "training.clip_norm");
    problems.requireCount(training.hasBatchSize(), training.getBatchSize(), "training.batch_size");
    problems.requireNotNegative(training.getWarmupSteps(), "training.warmup_steps");
    problems.requireCount(training.hasThreads(), training.getThreads(), "training.threads");
    problems.requireNotNegative(training.getMicroBatch(), "training.micro_batch");
    checkDropout();
    checkRateFactors();
    new AugmentationRules(training.getAugmentation(), problems).check();
    problems.requireDistinct(training.getSeedsList(), "training.seeds");
    checkChoices();
  }

  private void checkLearningRates() {
    String path = "training.learning_rate";
    problems.require(training.getLearningRateCount() > 0, path, "missing: give at least one");
    problems.requireDistinct(training.getLearningRateList(), path);
    for (int i = 0; i < training.getLearningRateCount(); i++) {
      double rate = training.getLearningRate(i);
      problems.require(
          Double.isFinite(rate) && rate > 0,
          Problems.at(path, i),
          "%s must be a positive number".formatted(Numbers.text(rate)));
    }
  }

  private void checkDropout() {
    double dropout = training.getDropout();
    problems.require(
        dropout >= 0 && dropout < 1,
        "training.dropout",
        "%s is not in [0, 1)".formatted(Numbers.text(dropout)));
    problems.require(
        dropout == 0 || ofText, "training.dropout", "is for language models: leave it out");
  }

  private void checkRateFactors() {
    for (int i = 0; i < training.getRateFactorsCount(); i++) {
      RateFactor factor = training.getRateFactors(i);
      String path = Problems.at("training.rate_factors", i);
      problems.require(
          !factor.getTensors().isEmpty(),
          path + ".tensors",
          "missing: name tensors, for example `*.layers.0.*`");
      problems.requireNotNegative(factor.getFactor(), path + ".factor");
    }
  }

  private void checkChoices() {
    problems.require(
        training.getSchedule() != Training.Schedule.UNRECOGNIZED,
        "training.schedule",
        "unknown: write COSINE, CONSTANT or ONE_CYCLE");
    checkPrecision();
    problems.require(
        training.getSchedule() != Training.Schedule.ONE_CYCLE || training.getWarmupSteps() == 0,
        "training.warmup_steps",
        "ONE_CYCLE has its own warm-up: leave this out");
  }

  private void checkPrecision() {
    problems.require(
        training.getPrecision() != Training.Precision.UNRECOGNIZED,
        "training.precision",
        "unknown: write F32 or BF16");
  }
}
