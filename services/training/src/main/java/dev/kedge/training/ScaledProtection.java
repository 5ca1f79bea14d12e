package dev.kedge.training;

import dev.kedge.models.train.Protection;
import dev.kedge.stage.v1.Input;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * A protection whose λ may be given in units of what full fine-tuning costs.
 *
 * @param fullRun the checkpoint that gives the unit; empty where λ is absolute
 * @param of makes the protection for a λ
 */
record ScaledProtection(double lambda, Optional<Input> fullRun, DoubleFunction<Protection> of) {
  static ScaledProtection by(double lambda, Input fullRun, DoubleFunction<Protection> of) {
    boolean relative = !fullRun.equals(Input.getDefaultInstance());
    return new ScaledProtection(lambda, relative ? Optional.of(fullRun) : Optional.empty(), of);
  }

  /** A protection that has no λ. */
  static ScaledProtection without(Protection protection) {
    return new ScaledProtection(1, Optional.empty(), unused -> protection);
  }

  /** At λ = 1. */
  Protection unit() {
    return of.apply(1);
  }
}
