package dev.kedge.report;

import java.util.List;
import java.util.Locale;

/** What numbers are measured in, and which way is better. */
public enum Scale {
  /** A share of right answers, in [0, 1]; larger is better. */
  SHARE("share", false),
  /** Bits that a byte of text costs, 0 or more; smaller is better. */
  BITS_PER_BYTE("bits per byte", true);

  /** What a byte costs without a model. */
  private static final double BITS_OF_A_BYTE = 8;

  private final String unit;
  private final boolean lowerIsBetter;

  Scale(String unit, boolean lowerIsBetter) {
    this.unit = unit;
    this.lowerIsBetter = lowerIsBetter;
  }

  /** The scale that the suites share. */
  static Scale of(List<Suite> suites) {
    return suites.get(0).measure().scale();
  }

  /** The scale of a report's role; one that is not said is a share, as before there were others. */
  public static Scale of(dev.kedge.v1.Scale message) {
    return message.getUnit().equals(BITS_PER_BYTE.unit) ? BITS_PER_BYTE : SHARE;
  }

  /** The unit's name. */
  public String unit() {
    return unit;
  }

  /** Whether less is better. */
  public boolean lowerIsBetter() {
    return lowerIsBetter;
  }

  /**
   * The value turned so that more is better, at most 1, with 0 for knowing nothing: a share as it
   * is, bits per byte as the saved share of the 8 bits of a byte.
   */
  public double gain(double value) {
    return lowerIsBetter ? 1 - value / BITS_OF_A_BYTE : value;
  }

  /** What {@link #gain} turned, turned back. */
  double value(double gain) {
    return lowerIsBetter ? BITS_OF_A_BYTE * (1 - gain) : gain;
  }

  /** By how much a value is worse than another, in the unit: negative where it is better. */
  public double loss(double value, double other) {
    return lowerIsBetter ? value - other : other - value;
  }

  /** A difference as a loss: positive where it is for the worse. */
  Interval loss(Interval difference) {
    return lowerIsBetter
        ? difference
        : new Interval(0 - difference.value(), 0 - difference.high(), 0 - difference.low());
  }

  /** A loss in hundredths, in words, for example {@code 1.0 points}. */
  String points(double loss) {
    return String.format(
        Locale.ROOT,
        lowerIsBetter ? "%.1f hundredths of a bit per byte" : "%.1f points",
        100 * loss);
  }

  dev.kedge.v1.Scale message() {
    return dev.kedge.v1.Scale.newBuilder().setUnit(unit).setLowerIsBetter(lowerIsBetter).build();
  }
}
