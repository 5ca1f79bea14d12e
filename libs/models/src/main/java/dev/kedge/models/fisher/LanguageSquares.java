package dev.kedge.models.fisher;

import static dev.kedge.models.fisher.SquaredGradients.KERNELS;

import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.LanguageTrace;
import dev.kedge.models.language.Positions;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * One batch's share of a language model's sums of squared per-sequence gradients, but for its token
 * table and head.
 */
final class LanguageSquares {
  private final Scope scope;
  private final LanguageModel model;
  private final Weights sums;
  private final List<Tensor> views;

  LanguageSquares(Scope scope, LanguageModel model, Weights sums) {
    this.scope = scope;
    this.model = model;
    this.sums = sums;
    this.views = model.partParameters(scope, sums);
  }

  private Tensor weight(int part) {
    return views.get(2 * part);
  }

  private static boolean isThere(Tensor tensor) {
    return Tensor.count(tensor.shape()) > 0;
  }

  /** Outputs of the parts that the model has weights for, in their order; may be added to. */
  List<Tensor> outputs(LanguageTrace trace) {
    List<Tensor> outputs = new ArrayList<>();
    for (int part = 0; part < trace.parts().size(); part++) {
      if (isThere(weight(part))) {
        outputs.add(trace.parts().get(part).output());
      }
    }
    return outputs;
  }

  /**
   * Adds everything.
   *
   * @param gradients at {@link #outputs}, then at the placed tokens
   */
  void addAll(LanguageTrace trace, List<Tensor> gradients) {
    int next = 0;
    for (int part = 0; part < trace.parts().size(); part++) {
      if (isThere(weight(part))) {
        addPart(trace.parts().get(part), part, gradients.get(next++));
      }
    }
    addPositions(gradients.get(next));
  }

  private void addPart(LanguageTrace.Part part, int number, Tensor gradient) {
    double eps = model.config().decoder().normalisation().eps();
    Tensor weight = weight(number);
    switch (part.kind()) {
      case MAP -> KERNELS.run(scope, "add_weight", List.of(weight, gradient, part.input()));
      case LAYER_NORM ->
          KERNELS.run(scope, "add_norm_weight", List.of(weight, gradient, part.input(), eps));
      case RMS_NORM ->
          KERNELS.run(scope, "add_rms_weight", List.of(weight, gradient, part.input(), eps));
    }
    Tensor bias = views.get(2 * number + 1);
    if (isThere(bias)) {
      KERNELS.run(scope, "add_bias", List.of(bias, gradient));
    }
  }

  private void addPositions(Tensor gradient) {
    if (model.config().decoder().positions() instanceof Positions.Learned learned) {
      Tensor table = sums.get(LanguageTensors.positions(model.config()));
      KERNELS.run(scope, "add_placed", List.of(table, gradient, learned.offset()));
    }
  }
}
