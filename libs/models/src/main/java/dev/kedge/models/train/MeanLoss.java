package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;

/**
 * A model's task loss over some batches, the mean over all scored rows.
 *
 * @param steps how many of the batches, from the first on
 */
public record MeanLoss<B extends Batch>(Learner<B> learner, Batches<B> batches, int steps) {
  /**
   * Of weights.
   *
   * @param all what the learner reads
   * @param beforeEach runs before each batch, and may end it all by throwing
   */
  public double of(Weights all, Runnable beforeEach) {
    double sum = 0;
    long rows = 0;
    for (int step = 0; step < steps; step++) {
      beforeEach.run();
      try (Scope scope = Scope.plain()) {
        for (B part : batches.at(scope, step)) {
          Outputs outputs = learner.outputs(scope, all, part);
          sum += part.weight() * learner.loss(scope, outputs, part).number();
          rows += part.weight();
        }
      }
    }
    return sum / rows;
  }
}
