package dev.kedge.plan;

import java.math.BigDecimal;

/** Numbers as they stand in ids, labels and messages: short, and different where values differ. */
final class Numbers {
  private Numbers() {}

  /** For example {@code 0.1}, {@code 10}, {@code 1e-5}. */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    double size = Math.abs(value);
    boolean plain = size == 0 || (size >= 1e-3 && size < 1e6);
    return plain ? exact.toPlainString() : scientific(exact);
  }

  private static String scientific(BigDecimal exact) {
    int exponent = exact.precision() - exact.scale() - 1;
    return exact.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }
}
