package dev.kedge.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One direction of the chart: shares in [0, 1] to pixels, with round ticks in percent. */
record Axis(double low, double high, double from, double to) {
  private static final double PADDING = 0.05;
  private static final int MOST_TICKS = 6;
  private static final double[] ROUND = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50};

  /** Where a tick is and what it says. */
  public record Tick(double at, String text) {}

  /** Covers the values and some room, from one pixel to the other. */
  static Axis covering(double lowest, double highest, double from, double to) {
    double room = Math.max(0.005, PADDING * (highest - lowest));
    return new Axis(lowest - room, highest + room, from, to);
  }

  /** The value's pixel, to a tenth. */
  double at(double value) {
    double pixel = from + (value - low) / (high - low) * (to - from);
    return Math.round(10 * pixel) / 10.0;
  }

  List<Tick> ticks() {
    double step = step();
    List<Tick> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(100 * low / step); k * step <= 100 * high; k++) {
      double percent = k * step;
      ticks.add(new Tick(at(percent / 100), text(percent, step)));
    }
    return ticks;
  }

  private double step() {
    for (double step : ROUND) {
      if (100 * (high - low) / step <= MOST_TICKS) {
        return step;
      }
    }
    return 100;
  }

  private static String text(double percent, double step) {
    int decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", percent);
  }
}
