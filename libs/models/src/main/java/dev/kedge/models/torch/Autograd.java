package dev.kedge.models.torch;

import java.util.ArrayList;
import java.util.List;

/** Differentiation, and the copies it starts from. */
public final class Autograd {
  private static final Kernels KERNELS = Kernels.load(Autograd.class, "autograd.torchscript");

  private Autograd() {}

  /** Copies that calls in a recording scope are differentiated for. */
  public static Weights leaves(Scope scope, Weights weights) {
    return weights.named(KERNELS.tensors(scope, "leaves", weights.all()));
  }

  /** Copies that later changes do not reach. */
  public static Weights copies(Scope scope, Weights weights) {
    return weights.named(KERNELS.tensors(scope, "copies", weights.all()));
  }

  /**
   * Gradients of a scalar, each contiguous and of the shape of what it belongs to.
   *
   * @param y recorded
   * @param at what y was computed from: leaves, or results on the way
   */
  public static List<Tensor> gradients(Scope scope, Tensor y, List<Tensor> at) {
    List<Recomputation.Deferred> parts = scope.deferred();
    return parts.isEmpty()
        ? KERNELS.tensors(scope, "gradients", y, at)
        : gradients(scope, y, at, parts);
  }

  /** As above, back through parts that were not recorded, the last one first. */
  private static List<Tensor> gradients(
      Scope scope, Tensor y, List<Tensor> at, List<Recomputation.Deferred> parts) {
    List<Tensor> all = new ArrayList<>(at);
    parts.forEach(part -> all.add(part.output()));
    List<Tensor> sums = KERNELS.tensors(scope, "zeros", all);
    addGradients(scope, y, KERNELS.tensor(scope, "one", y), y, all, sums);
    for (int i = parts.size() - 1; i >= 0; i--) {
      Recomputation.Deferred part = parts.get(i);
      Tensor atInput = part.back(scope, sums.get(at.size() + i), all, sums);
      addGradients(scope, part.input(), atInput, part.input(), all, sums);
    }
    return sums.subList(0, at.size());
  }

  /**
   * Adds the gradients of a recorded tensor to sums in place; what it does not depend on gets none.
   *
   * @param gradient at y
   * @param x another place where the gradient is wanted
   * @return the gradient at x
   */
  static Tensor addGradients(
      Scope scope, Tensor y, Tensor gradient, Tensor x, List<Tensor> at, List<Tensor> sums) {
    return KERNELS.tensor(scope, "add_gradients", y, gradient, x, at, sums);
  }

  /** The same values as something to differentiate for; not a copy. */
  static Tensor leaf(Scope scope, Tensor value) {
    return KERNELS.tensor(scope, "leaf", value);
  }

  /** As {@link #gradients}, keeping the record for another scalar of the same computation. */
  public static List<Tensor> retainedGradients(Scope scope, Tensor y, List<Tensor> at) {
    return KERNELS.tensors(scope, "retained_gradients", y, at);
  }

  /** Overwrites a tensor's elements with those of another of its shape, on whatever device. */
  static void fill(Scope scope, Tensor to, Tensor values) {
    KERNELS.run(scope, "fill", List.of(to, values));
  }
}
