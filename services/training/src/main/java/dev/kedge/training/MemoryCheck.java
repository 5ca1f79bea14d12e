package dev.kedge.training;

import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.clip.VisionConfig;
import dev.kedge.models.torch.NativeMemory;
import dev.kedge.models.train.MemoryNeed;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.TrainSpec;
import java.util.Set;
import java.util.stream.Stream;

/** Refuses a run that does not fit into this machine's memory before its weights are read. */
record MemoryCheck(TrainSpec spec, int microBatch) {
  /**
   * Checks fine-tuning as a classifier.
   *
   * @throws IllegalArgumentException with the arithmetic
   */
  void require(ClipConfig config, int classes) {
    NativeMemory.available().ifPresent(need(config, classes)::requireWithin);
  }

  MemoryNeed need(ClipConfig config, int classes) {
    return MemoryNeed.of(
        ClipTensors.of(config), moved(config), copies(), shape(config.vision(), classes));
  }

  /** Adapters and heads are small beside a tower. */
  private Set<String> moved(ClipConfig config) {
    MethodSpec method = spec.getMethod();
    if (method.hasLora() || method.hasLp() || method.hasZeroShot()) {
      return Set.of();
    }
    return method.hasFlyp() ? ClipTensors.of(config).keySet() : ClipTensors.vision(config).keySet();
  }

  private int copies() {
    MethodSpec method = spec.getMethod();
    return (int)
        Stream.of(method.hasEma(), method.hasEarlyStop(), method.hasEwc())
            .filter(each -> each)
            .count();
  }

  private MemoryNeed.Shape shape(VisionConfig vision, int classes) {
    int samples = Math.min(microBatch, spec.getOptimisation().getBatchSize());
    return new MemoryNeed.Shape(
        vision.tower().layers(),
        vision.tower().width(),
        vision.tower().inner(),
        vision.tokens(),
        samples,
        samples,
        classes,
        spec.getOptimisation().getRecompute());
  }
}
