package dev.kedge.models.fisher;

import static dev.kedge.models.fisher.SquaredGradients.KERNELS;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;

/** Whose labels a classifier's Fisher information is taken for. */
public enum FisherLabels {
  /** The data's: the empirical Fisher information. */
  OBSERVED {
    @Override
    int rounds(int classes) {
      return 1;
    }

    @Override
    Tensor likelihood(Scope scope, Tensor logits, Tensor labels, int round) {
      return KERNELS.tensor(scope, "log_likelihood", logits, labels);
    }
  },
  /** Every class, weighted by the probability the model gives it: the Fisher information itself. */
  EXPECTED {
    @Override
    int rounds(int classes) {
      return classes;
    }

    @Override
    Tensor likelihood(Scope scope, Tensor logits, Tensor labels, int round) {
      return KERNELS.tensor(scope, "weighted_likelihood", logits, round);
    }
  };

  /** How many backward passes a batch needs. */
  abstract int rounds(int classes);

  /**
   * A scalar whose squared per-sample gradients are one round's share.
   *
   * @param logits {@code [batch, classes]}
   * @param labels the data's, {@code [batch]}
   */
  abstract Tensor likelihood(Scope scope, Tensor logits, Tensor labels, int round);
}
