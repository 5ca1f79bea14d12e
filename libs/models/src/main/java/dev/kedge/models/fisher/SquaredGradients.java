package dev.kedge.models.fisher;

import static dev.kedge.models.clip.ClipTensors.CLASS_TOKEN;
import static dev.kedge.models.clip.ClipTensors.PATCHES;
import static dev.kedge.models.clip.ClipTensors.POSITIONS;

import dev.kedge.models.clip.ImageTrace;
import dev.kedge.models.torch.Kernels;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;

/**
 * Sums of squared per-sample gradients, part by part.
 *
 * @param sums one tensor for each weight, added to in place
 */
record SquaredGradients(Weights sums) {
  static final Kernels KERNELS = Kernels.load(SquaredGradients.class, "fisher.torchscript");

  /** Adds a batch's share of one part, given the gradient at its output. */
  void add(Scope scope, ImageTrace.Part part, Tensor gradient) {
    if (part instanceof ImageTrace.Affine affine) {
      addAffine(scope, affine, gradient);
    } else if (part instanceof ImageTrace.Norm norm) {
      addNorm(scope, norm, gradient);
    } else if (part instanceof ImageTrace.Embedding embedding) {
      addEmbedding(scope, embedding, gradient);
    }
  }

  private void addAffine(Scope scope, ImageTrace.Affine part, Tensor gradient) {
    KERNELS.run(scope, "add_weight", List.of(sums.get(part.weight()), gradient, part.input()));
    addBias(scope, part.weight(), gradient);
  }

  private void addNorm(Scope scope, ImageTrace.Norm part, Tensor gradient) {
    KERNELS.run(
        scope,
        "add_norm_weight",
        List.of(sums.get(part.weight()), gradient, part.input(), part.eps()));
    addBias(scope, part.weight(), gradient);
  }

  /** The bias stands beside its weight, where there is one. */
  private void addBias(Scope scope, String weight, Tensor gradient) {
    String bias = weight.replaceFirst("weight$", "bias");
    if (sums.names().contains(bias)) {
      KERNELS.run(scope, "add_bias", List.of(sums.get(bias), gradient));
    }
  }

  private void addEmbedding(Scope scope, ImageTrace.Embedding part, Tensor gradient) {
    KERNELS.run(
        scope,
        "add_patches",
        List.of(sums.get(PATCHES), gradient, part.pixels(), part.patchSize()));
    KERNELS.run(scope, "add_positions", List.of(sums.get(POSITIONS), gradient));
    KERNELS.run(scope, "add_class_token", List.of(sums.get(CLASS_TOKEN), gradient));
  }
}
