package dev.kedge.models.torch;

import java.util.List;

/**
 * Parts of a model that are computed again when gradients are asked for, in place of keeping what
 * they computed on the way: memory for time (Chen et al., "Training deep nets with sublinear memory
 * cost", 2016).
 *
 * <p>{@link Autograd#gradients} does the second computation by itself. A part must compute the same
 * again, so what it draws is drawn from a seed.
 */
public final class Recomputation {
  private Recomputation() {}

  /** A part of a model: one tensor in, one out. */
  @FunctionalInterface
  public interface Segment {
    /** Computes the part; all that it makes belongs to the scope. */
    Tensor apply(Scope scope, Tensor x);
  }

  /**
   * What a part makes of a tensor. In a recording scope only the result is kept; in a plain one
   * this is the part itself.
   */
  public static Tensor of(Scope scope, Tensor x, Segment segment) {
    if (!scope.isRecording()) {
      return segment.apply(scope, x);
    }
    try (Scope forgotten = Scope.plain()) {
      Tensor value = segment.apply(forgotten, x);
      Tensor output = Autograd.leaf(scope, value);
      scope.defer(new Deferred(x, segment, output));
      return output;
    }
  }

  /**
   * A part whose way back is still to be recorded.
   *
   * @param output its result, a leaf of its own
   */
  record Deferred(Tensor input, Segment segment, Tensor output) {
    /**
     * Goes back through the part.
     *
     * @param gradient at the output
     * @param at what is differentiated for
     * @param sums get the part's share of the gradients added
     * @return the gradient at the input, owned by the scope
     */
    Tensor back(Scope scope, Tensor gradient, List<Tensor> at, List<Tensor> sums) {
      try (Scope again = Scope.recording()) {
        Tensor x = Autograd.leaf(again, input);
        Tensor y = segment.apply(again, x);
        return scope.take(Autograd.addGradients(again, y, gradient, x, at, sums), again);
      }
    }
  }
}
