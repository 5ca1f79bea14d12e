package dev.kedge.tensors;

/** Checks of the numbers that recipes are made with. */
final class Share {
  private Share() {}

  /** A number in [0, 1]; −0 becomes 0. */
  static double check(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "%s is %s; give a number in [0, 1]".formatted(name, share));
    }
    return share + 0.0;
  }

  /** A density, in (0, 1]: the share of a task vector that is kept. */
  static double density(double density) {
    if (!(density > 0 && density <= 1)) {
      throw new IllegalArgumentException(
          "density is %s; give the share that is kept, in (0, 1]".formatted(density));
    }
    return density;
  }

  /** A number that is neither NaN nor infinite. */
  static double finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + "; give a finite number");
    }
    return value;
  }

  /** A sum of weights by which can be divided. */
  static double positiveSum(double sum) {
    if (!(sum > 0)) {
      throw new IllegalArgumentException(
          "the weights sum to %s; normalising needs a positive sum".formatted(sum));
    }
    return sum;
  }
}
