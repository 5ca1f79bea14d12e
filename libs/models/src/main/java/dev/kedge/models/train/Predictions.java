package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;

/**
 * What a model makes of its features, computed when it is asked for: the logits of a vocabulary
 * take more memory than all else, and not every method reads them.
 */
@FunctionalInterface
public interface Predictions {
  /** {@code [rows, classes]} or {@code [rows, vocabulary]}. */
  Tensor logits(Scope scope);

  /**
   * The mean of −log p(target): a scalar.
   *
   * @param targets {@code [rows]}
   */
  default Tensor crossEntropy(Scope scope, Tensor targets) {
    return TrainingKernels.KERNELS.tensor(scope, "cross_entropy", logits(scope), targets);
  }
}
