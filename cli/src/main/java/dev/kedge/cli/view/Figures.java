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

  /** For example {@code 94.3 ± 1.3}. */
  String value(boolean known, Estimate estimate) {
    String form = "%%.%1$df ± %%.%1$df".formatted(decimals);
    return known ? form.formatted(rounded(estimate.getValue()), halfWidth(estimate)) : NOTHING;
  }

  /** For example {@code +10.0 ± 1.0†}, the dagger where the test holds. */
  String difference(boolean known, Estimate estimate, boolean tested, PairedTest test) {
    String form = "%%+.%1$df ± %%.%1$df".formatted(decimals);
    return known
        ? form.formatted(rounded(estimate.getValue()), halfWidth(estimate))
            + (tested && holds(test) ? "†" : " ")
        : NOTHING + " ";
  }

  /** A difference whose interval lies to one side of it more than to the other. */
  String lopsided(Estimate estimate, PairedTest test) {
    return "%%+.%1$df (%%+.%1$df to %%+.%1$df)"
            .formatted(decimals)
            .formatted(
                rounded(estimate.getValue()),
                rounded(estimate.getLow()),
                rounded(estimate.getHigh()))
        + (holds(test) ? "†" : " ");
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
