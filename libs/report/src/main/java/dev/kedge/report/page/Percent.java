package dev.kedge.report.page;

import dev.kedge.v1.Estimate;
import java.util.Locale;

/** Shares in [0, 1] written in percent, and their differences in percent points. */
final class Percent {
  private static final String MINUS = "\u2212";

  private Percent() {}

  /** For example {@code 93.1}. */
  static String share(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** With its sign, for example {@code +1.2}, {@code −0.4} or {@code 0.0}. */
  static String points(double difference) {
    String size = share(Math.abs(difference));
    if (size.equals("0.0")) {
      return size;
    }
    return (difference < 0 ? MINUS : "+") + size;
  }

  /** For example {@code 92.0–94.1}. */
  static String range(Estimate estimate) {
    return share(estimate.getLow()) + "\u2013" + share(estimate.getHigh());
  }

  /** For example {@code −3.0 to +0.2}. */
  static String pointsRange(Estimate estimate) {
    return points(estimate.getLow()) + " to " + points(estimate.getHigh());
  }
}
