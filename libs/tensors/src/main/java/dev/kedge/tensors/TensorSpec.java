package dev.kedge.tensors;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a tensor is, without its values.
 *
 * @param name its full name, as {@code vision_model.post_layernorm.weight}
 * @param dtype the type of its elements
 * @param shape its dimensions, outermost first; empty for a scalar
 */
public record TensorSpec(String name, DType dtype, List<Long> shape) {
  /**
   * @throws IllegalArgumentException if a dimension is negative, or the size in bytes exceeds a
   *     long
   */
  public TensorSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dtype, "dtype");
    shape = List.copyOf(shape);
    checkShape(shape, dtype);
  }

  /** A spec with its shape spelled out. */
  public static TensorSpec of(String name, DType dtype, long... shape) {
    List<Long> dimensions = new ArrayList<>(shape.length);
    for (long dimension : shape) {
      dimensions.add(dimension);
    }
    return new TensorSpec(name, dtype, dimensions);
  }

  /** Number of elements: the product of the dimensions, 1 for a scalar. */
  public long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** Size of the values in bytes. */
  public long bytes() {
    return elements() * dtype.bytes();
  }

  /** The same tensor stored as another type. */
  public TensorSpec as(DType other) {
    return new TensorSpec(name, other, shape);
  }

  /** The shape as the array that most libraries want. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  private static void checkShape(List<Long> shape, DType dtype) {
    long product = dtype.bytes();
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException("shape " + shape + " has a negative dimension");
      }
      try {
        product = Math.multiplyExact(product, dimension);
      } catch (ArithmeticException overflow) {
        throw new IllegalArgumentException("shape " + shape + " has too many elements", overflow);
      }
    }
  }
}
