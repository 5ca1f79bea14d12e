package dev.kedge.models.train;

import static dev.kedge.models.train.TrainingKernels.KERNELS;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Two models are mixed, and what trains is in which ratio: one for each block of layers, as {@link
 * BlockRatios} has them. The weights begin at ρ everywhere, where {@link #start} puts them.
 *
 * @param blocks of each tensor, counted from 0
 * @param count of the blocks
 * @param differences the fine-tuned model's from the base
 */
public record AdaptiveAverage(
    BlockRatios ratios, Map<String, Integer> blocks, int count, Weights differences)
    implements Protection {
  /** Name of what trains: {@code [blocks]}. */
  static final String SCORES = "scores";

  /**
   * The mix of two models.
   *
   * @param scope owns the differences
   * @param tuned the same tensors as the base's
   * @throws IllegalArgumentException naming a tensor that has another shape
   */
  public static AdaptiveAverage of(
      Scope scope,
      Weights base,
      Weights tuned,
      BlockRatios ratios,
      Map<String, Integer> blocks,
      int count) {
    for (String name : base.names()) {
      long[] there = base.get(name).shape();
      long[] here = tuned.get(name).shape();
      if (!Arrays.equals(there, here)) {
        throw new IllegalArgumentException(
            "tensor '%s' has shape %s in the base and %s in the fine-tuned model; mix only models"
                    .formatted(name, Arrays.toString(there), Arrays.toString(here))
                + " of one base and one task");
      }
    }
    List<Tensor> differences =
        KERNELS.tensors(scope, "differences", tuned.all(base.names()), base.all());
    return new AdaptiveAverage(ratios, blocks, count, base.named(differences));
  }

  /** Where a run begins: base + ρ · difference. */
  public Weights start(Scope scope, Weights base) {
    return shifted(scope, base, name -> ratios.rho());
  }

  /** The ratios that scores stand for, of what {@link TrainingLoop#trained} gives. */
  public List<Double> ratios(Weights trained) {
    return Arrays.stream(ratios.of(trained.get(SCORES).floats())).boxed().toList();
  }

  Weights shifted(Scope scope, Weights from, ToDoubleFunction<String> ratio) {
    Map<String, Tensor> shifted = new LinkedHashMap<>();
    for (String name : differences.names()) {
      Tensor difference = differences.get(name);
      shifted.put(
          name,
          KERNELS.tensor(scope, "shifted", from.get(name), difference, ratio.applyAsDouble(name)));
    }
    return new Weights(shifted);
  }

  @Override
  public Optional<BlockInterpolation> parametrisation(Weights anchor) {
    return Optional.of(new BlockInterpolation(this, anchor));
  }
}
