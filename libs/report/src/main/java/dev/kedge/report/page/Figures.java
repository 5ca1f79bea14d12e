package dev.kedge.report.page;

import dev.kedge.report.Scale;
import dev.kedge.v1.Estimate;
import java.util.Locale;

/** How the numbers of a scale are written. */
enum Figures {
  /** Shares in [0, 1] in percent, their differences in percent points. */
  PERCENT("%", "percent points", 100, 1),
  /** Bits per byte as they are. */
  BITS("bits per byte", "bits per byte", 1, 3);

  private static final String MINUS = "\u2212";

  private final String unit;
  private final String differenceUnit;
  private final double factor;
  private final String format;

  Figures(String unit, String differenceUnit, double factor, int decimals) {
    this.unit = unit;
    this.differenceUnit = differenceUnit;
    this.factor = factor;
    this.format = "%." + decimals + "f";
  }

  static Figures of(Scale scale) {
    return switch (scale) {
      case SHARE -> PERCENT;
      case BITS_PER_BYTE -> BITS;
    };
  }

  /** What values are written in. */
  String unit() {
    return unit;
  }

  /** What differences are written in. */
  String differenceUnit() {
    return differenceUnit;
  }

  /** What a written value is of a value: 100 for percent. */
  double factor() {
    return factor;
  }

  /** For example {@code 93.1}. */
  String value(double value) {
    return String.format(Locale.ROOT, format, factor * value);
  }

  /** With its unit, for example {@code 93.1%} or {@code 1.204 bits per byte}. */
  String valueWithUnit(double value) {
    return value(value) + (this == PERCENT ? unit : " " + unit);
  }

  /** With its sign, for example {@code +1.2}, {@code −0.4} or {@code 0.0}. */
  String difference(double difference) {
    String size = value(Math.abs(difference));
    if (size.equals(value(0))) {
      return size;
    }
    return (difference < 0 ? MINUS : "+") + size;
  }

  /** For example {@code 92.0–94.1}. */
  String range(Estimate estimate) {
    return value(estimate.getLow()) + "\u2013" + value(estimate.getHigh());
  }

  /** For example {@code −3.0 to +0.2}. */
  String differenceRange(Estimate estimate) {
    return difference(estimate.getLow()) + " to " + difference(estimate.getHigh());
  }
}
