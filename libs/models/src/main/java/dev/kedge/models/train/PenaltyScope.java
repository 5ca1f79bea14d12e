package dev.kedge.models.train;

import dev.kedge.models.torch.Weights;

/** Which trainable weights a penalty holds. */
public enum PenaltyScope {
  /** All of them. */
  ALL,
  /** All but the head. */
  WITHOUT_HEAD;

  Weights of(Weights trainable) {
    if (this == ALL) {
      return trainable;
    }
    return trainable.only(
        trainable.names().stream().filter(name -> !HeadForm.holds(name)).toList());
  }
}
