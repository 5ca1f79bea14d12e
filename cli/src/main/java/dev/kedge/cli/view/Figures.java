package dev.kedge.cli.view;

import dev.kedge.v1.Estimate;
import dev.kedge.v1.PairedTest;
import dev.kedge.v1.Scale;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How the numbers of a scale are written; shares in percent, bits per byte as they are. */
enum Figures {
  PERCENT("% ↑", 100, 1),
  BITS("bits/byte ↓", 1, 3);

  private static final String NOTHING = "–";
  private static final double LEVEL = 0.05;
  private static final double LOPSIDED = 0.1;

  private final String unit;
  private final double factor;
  private final int decimals;

  Figures(String unit, double factor, int decimals) {
    this.unit = unit;
    this.factor = factor;
    this.decimals = decimals;
  }

  static Figures of(Scale scale) {
    return scale.getLowerIsBetter() ? BITS : PERCENT;
  }

  /** The unit and an arrow towards the better. */
  String unit() {
    return unit;
  }

  /** A value alone, for example {@code 94.3}. */
  String number(double value) {
    return ("%." + decimals + "f").formatted(rounded(value));
  }

  /** A difference alone, for example {@code +1.3}. */
  String signed(double difference) {
    return ("%+." + decimals + "f").formatted(rounded(difference));
  }

  /** For example {@code 94.3 ± 1.3}. */
  String value(boolean known, Estimate estimate) {
    return known ? written(estimate, "%.") : NOTHING;
  }

  /** For example {@code +10.0 ± 1.0†}, the dagger where the test holds. */
  String difference(boolean known, Estimate estimate, boolean tested, PairedTest test) {
    return known ? written(estimate, "%+.") + (tested && holds(test) ? "†" : " ") : NOTHING + " ";
  }

  /**
   * With its half width, or from where to where if the value is not in the middle of that. What
   * does not vary, as the mean of a single sample, stands alone.
   */
  private String written(Estimate estimate, String sign) {
    String number = sign + decimals + "f";
    if (estimate.getLow() == estimate.getValue() && estimate.getHigh() == estimate.getValue()) {
      return number.formatted(rounded(estimate.getValue()));
    }
    return isLopsided(estimate)
        ? (number + " (" + number + " to " + number + ")")
            .formatted(
                rounded(estimate.getValue()),
                rounded(estimate.getLow()),
                rounded(estimate.getHigh()))
        : (number + " ± %." + decimals + "f")
            .formatted(rounded(estimate.getValue()), halfWidth(estimate));
  }

  /** By more than a tenth of its width, so that ± would say another range. */
  private static boolean isLopsided(Estimate estimate) {
    double middle = (estimate.getHigh() + estimate.getLow()) / 2;
    double width = estimate.getHigh() - estimate.getLow();
    return Math.abs(estimate.getValue() - middle) > LOPSIDED * width;
  }

  static boolean holds(PairedTest test) {
    return test.getAdjustedPValue() < LEVEL;
  }

  /** Halves away from zero, as the page rounds them; a decimal has no negative zero. */
  private BigDecimal rounded(double value) {
    return BigDecimal.valueOf(factor * value).setScale(decimals, RoundingMode.HALF_UP);
  }

  private double halfWidth(Estimate estimate) {
    return factor * (estimate.getHigh() - estimate.getLow()) / 2;
  }
}
