package dev.kedge.models.train;

import static dev.kedge.models.train.TrainingKernels.KERNELS;

import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights with the lowest validation loss, and for how many looks they have been the best. */
final class BestSoFar {
  private static final String RECORD = "record";

  private final Weights best;

  /** Loss of the best, and the looks since; as a tensor, since it is saved as one. */
  private final Tensor record;

  BestSoFar(Scope scope, Weights start) {
    this.best = Autograd.copies(scope, start);
    this.record = Tensor.of(scope, new float[] {Float.NaN, 0}, 2);
  }

  /** Whether nothing has been looked at yet. */
  boolean isEmpty() {
    return Float.isNaN(record.floats()[0]);
  }

  /**
   * Takes a look in; the first is the best. Compared as F32, in which the loss is kept.
   *
   * @throws DivergedException if the first is no number, which none could beat
   */
  void look(Scope scope, Weights weights, double loss) {
    float[] values = record.floats();
    if (isEmpty() && Double.isNaN(loss)) {
      throw DivergedException.beforeTheFirstStep(loss);
    }
    if (isEmpty() || (float) loss < values[0]) {
      KERNELS.run(scope, "assign", List.of(best.all(), weights.all(best.names())));
      record.set(new float[] {(float) loss, 0});
    } else {
      record.set(new float[] {values[0], values[1] + 1});
    }
  }

  /** Looks since the best. */
  int stale() {
    return (int) record.floats()[1];
  }

  Weights weights() {
    return best;
  }

  /** What must be saved. */
  Weights state() {
    Map<String, Tensor> state = new LinkedHashMap<>(Map.of(RECORD, record));
    return best.prefixed("weights.").with(new Weights(state));
  }
}
