package dev.kedge.training;

import static dev.kedge.training.MethodPhases.naming;

import dev.kedge.models.train.HeldWeights;
import dev.kedge.models.train.LinearProbe;
import dev.kedge.models.train.Lora;
import dev.kedge.models.train.Precision;
import dev.kedge.models.train.RunMemory;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.tensors.NameFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a spec's run holds of a model, known before the model is read.
 *
 * @param mixed names of what two models are mixed in, where ratios train in place of weights
 */
record RunSize(TrainSpec spec, Optional<NameFilter> mixed) {
  /**
   * Of a model.
   *
   * @param shapes of all that the run reads, by name
   * @param trainable names of all that may train
   * @param transposed whether matrices are {@code [in, out]}
   */
  RunMemory of(Map<String, long[]> shapes, List<String> trainable, boolean transposed) {
    Optimisation optimisation = spec.getOptimisation();
    Optional<Lora> lora =
        Optional.of(spec.getMethod())
            .filter(MethodSpec::hasLora)
            .map(method -> Methods.lora(method.getLora(), transposed, optimisation.getSeed()));
    List<String> moved =
        lora.map(one -> naming("method.lora.targets", () -> one.moved(trainable)))
            .orElseGet(() -> moved(trainable));
    return new RunMemory(
        mixed
            .map(names -> HeldWeights.ofMix(shapes, moved.stream().filter(names::fits).toList()))
            .orElseGet(() -> HeldWeights.of(shapes, moved, lora, copies())),
        optimisation.getPrecision() == Optimisation.Precision.BF16 ? Precision.BF16 : Precision.F32,
        optimisation.getRecompute(),
        spec.getMethod().hasKdLogits());
  }

  private List<String> moved(List<String> trainable) {
    MethodSpec method = spec.getMethod();
    if (method.hasZeroShot()) {
      return List.of();
    }
    return method.hasLp() ? new LinearProbe().moved(trainable) : trainable;
  }

  private int copies() {
    MethodSpec method = spec.getMethod();
    return (int)
        Stream.of(method.hasEma(), method.hasEarlyStop(), method.hasEwc())
            .filter(each -> each)
            .count();
  }
}
