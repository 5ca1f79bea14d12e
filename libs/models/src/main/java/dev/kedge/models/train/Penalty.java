package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import java.util.List;

/**
 * A price on the way Δ that weights have gone from their anchor. Its gradient is added in closed
 * form, once a step, and never through autograd.
 *
 * <p>Lists hold one tensor for each penalised parameter, in one order.
 */
public interface Penalty {
  /**
   * Adds the weighted gradient in place.
   *
   * @return the penalty's value before and after weighting
   */
  Price addGradient(Scope scope, List<Tensor> differences, List<Tensor> gradients);

  /**
   * What the way costs at the weights of a step.
   *
   * @param raw the sum over all weights
   * @param weighted what joins the loss
   */
  record Price(double raw, double weighted) {
    static final Price NONE = new Price(0, 0);

    Price plus(Price other) {
      return new Price(raw + other.raw, weighted + other.weighted);
    }
  }
}
