package dev.kedge.models.torch;

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
    return KERNELS.tensors(scope, "gradients", y, at);
  }

  /** The value of a scalar tensor, recorded or not. */
  public static double value(Scope scope, Tensor x) {
    return KERNELS.number(scope, "value", x);
  }
}
