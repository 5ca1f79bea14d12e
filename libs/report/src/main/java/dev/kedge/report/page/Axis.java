package dev.kedge.report.page;

import dev.kedge.report.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One direction of the chart: values to pixels, with round ticks in the scale's figures.
 *
 * @param low the lowest value, at pixel {@code from}
 * @param high the highest value, at pixel {@code to}
 * @param factor what a written number is of a value: 100 for percent
 */
record Axis(double low, double high, double from, double to, double factor) {
  private static final double PADDING = 0.05;
  private static final double LEAST_ROOM = 0.005;
  private static final int MOST_TICKS = 6;
  private static final double[] ROUND = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50};

  /** Where a tick is and what it says. */
  public record Tick(double at, String text) {}

  /**
   * Covers the values and some room, from the pixel where the worst is to that of the best.
   *
   * @param lowest of the values, as is {@code highest}
   */
  static Axis covering(Scale scale, double lowest, double highest, double worst, double best) {
    double room = Math.max(LEAST_ROOM, PADDING * (highest - lowest));
    double factor = Figures.of(scale).factor();
    return scale.lowerIsBetter()
        ? new Axis(lowest - room, highest + room, best, worst, factor)
        : new Axis(lowest - room, highest + room, worst, best, factor);
  }

  /** The value's pixel, to a tenth. */
  double at(double value) {
    double pixel = from + (value - low) / (high - low) * (to - from);
    return Math.round(10 * pixel) / 10.0;
  }

  List<Tick> ticks() {
    double step = step();
    List<Tick> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(factor * low / step); k * step <= factor * high; k++) {
      double written = k * step;
      ticks.add(new Tick(at(written / factor), text(written, step)));
    }
    return ticks;
  }

  private double step() {
    for (double step : ROUND) {
      if (factor * (high - low) / step <= MOST_TICKS) {
        return step;
      }
    }
    return 100;
  }

  private static String text(double written, double step) {
    int decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", written);
  }
}
