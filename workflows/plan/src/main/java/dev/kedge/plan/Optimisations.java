package dev.kedge.plan;

import dev.kedge.stage.v1.Augmentation;
import dev.kedge.stage.v1.Device;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.stage.v1.RateFactor;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Training;
import java.util.List;

/** The optimiser's settings with the contract's defaults filled in. */
final class Optimisations {
  private static final int DEFAULT_BATCH = 64;
  private static final int DEFAULT_THREADS = 2;

  private Optimisations() {}

  static Optimisation of(ExperimentSpec spec, double learningRate, long seed) {
    Training training = spec.getTraining();
    return Optimisation.newBuilder()
        .setEpochs(training.getEpochs())
        .setBatchSize(batchSize(training))
        .setLearningRate(learningRate)
        .setWeightDecay(training.getWeightDecay())
        .setWarmupSteps(training.getWarmupSteps())
        .setSchedule(schedule(training))
        .setClipNorm(training.getClipNorm())
        .setPrecision(precision(training))
        .setSeed(seed)
        .setThreads(threads(training))
        .setAugmentation(augmentation(training.getAugmentation()))
        .setMicroBatch(training.getMicroBatch())
        .setRecompute(training.getRecompute())
        .setDropout(training.getDropout())
        .addAllRateFactors(
            training.getRateFactorsList().stream().map(Optimisations::rateFactor).toList())
        .setDevice(device(spec))
        .build();
  }

  private static RateFactor rateFactor(dev.kedge.v1.RateFactor factor) {
    return RateFactor.newBuilder()
        .setTensors(factor.getTensors())
        .setFactor(factor.getFactor())
        .build();
  }

  /** For a stage that takes no step: nothing but what computes. */
  static Optimisation none(ExperimentSpec spec) {
    return Optimisation.newBuilder()
        .setPrecision(Optimisation.Precision.F32)
        .setThreads(threads(spec.getTraining()))
        .setDevice(device(spec))
        .build();
  }

  /**
   * For a search on validation data, which is seen as it is.
   *
   * @param passes over the data
   */
  static Optimisation ofSearch(ExperimentSpec spec, int passes, double learningRate) {
    Training training = spec.getTraining();
    return none(spec).toBuilder()
        .setEpochs(passes)
        .setBatchSize(batchSize(training))
        .setMicroBatch(training.getMicroBatch())
        .setRecompute(training.getRecompute())
        .setLearningRate(learningRate)
        .setSchedule(Optimisation.Schedule.COSINE)
        .build();
  }

  private static int batchSize(Training training) {
    return training.getBatchSize() == 0 ? DEFAULT_BATCH : training.getBatchSize();
  }

  /** What the services choose themselves enters no key. */
  static Device device(ExperimentSpec spec) {
    return switch (spec.getDevice()) {
      case CPU -> Device.CPU;
      case CUDA -> Device.CUDA;
      case AUTO, DEVICE_UNSPECIFIED, UNRECOGNIZED -> Device.DEVICE_UNSPECIFIED;
    };
  }

  static int threads(Training training) {
    return training.getThreads() == 0 ? DEFAULT_THREADS : training.getThreads();
  }

  static List<Long> seeds(Training training) {
    return training.getSeedsCount() == 0 ? List.of(0L) : training.getSeedsList();
  }

  private static Optimisation.Schedule schedule(Training training) {
    return training.getSchedule() == Training.Schedule.SCHEDULE_UNSPECIFIED
        ? Optimisation.Schedule.COSINE
        : Optimisation.Schedule.valueOf(training.getSchedule().name());
  }

  private static Optimisation.Precision precision(Training training) {
    return training.getPrecision() == Training.Precision.PRECISION_UNSPECIFIED
        ? Optimisation.Precision.F32
        : Optimisation.Precision.valueOf(training.getPrecision().name());
  }

  private static Augmentation augmentation(dev.kedge.v1.Augmentation given) {
    var augmentation =
        Augmentation.newBuilder().setFlip(given.getFlip()).setShiftPixels(given.getShiftPixels());
    if (given.hasRandomResizedCrop()) {
      augmentation
          .getRandomResizedCropBuilder()
          .setMinScale(given.getRandomResizedCrop().getMinScale());
    }
    if (given.hasColour()) {
      augmentation
          .getColourBuilder()
          .setBrightness(given.getColour().getBrightness())
          .setContrast(given.getColour().getContrast())
          .setSaturation(given.getColour().getSaturation());
    }
    return augmentation.build();
  }
}
