package dev.kedge.gateway.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * How a measurement of a stage went, as a picture.
 *
 * @param name what is measured
 * @param last its newest value, as text
 * @param points of an SVG polyline
 * @param lastX where it ends, which is all that there is of a single value
 * @param lastY where it ends
 * @param ticks of the values: one where they are all the same
 * @param from first position along the x axis; empty where there is but one
 * @param to last position along it
 * @param about the course in words
 */
public record Curve(
    String name,
    String last,
    String points,
    double lastX,
    double lastY,
    List<Tick> ticks,
    String from,
    String to,
    String about) {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 120;
  private static final int LEFT = 52;
  private static final int TOP = 8;
  private static final int MOST_POINTS = 300;
  private static final int TICKS = 3;

  /**
   * A value on the axis.
   *
   * @param y its pixel
   * @param text the value
   */
  public record Tick(double y, String text) {}

  /**
   * Draws it.
   *
   * @param values at least one, by position
   * @param unit what positions are counted in
   */
  static Curve of(String name, SortedMap<Long, Double> values, String unit) {
    List<Map.Entry<Long, Double>> shown = thinned(values);
    double least = shown.stream().mapToDouble(Map.Entry::getValue).min().orElse(0);
    double most = shown.stream().mapToDouble(Map.Entry::getValue).max().orElse(0);
    double room = most > least ? 0 : Math.max(Math.abs(most) / 10, 1e-9);
    Frame frame = new Frame(values.firstKey(), values.lastKey(), least - room, most + room);
    double last = values.get(values.lastKey());
    return new Curve(
        name.replace('_', ' '),
        text(last),
        shown.stream()
            .map(one -> frame.x(one.getKey()) + "," + frame.y(one.getValue()))
            .collect(Collectors.joining(" ")),
        frame.x(values.lastKey()),
        frame.y(last),
        room > 0 ? List.of(new Tick(frame.y(last), text(last))) : frame.ticks(),
        values.size() == 1 ? "" : values.firstKey().toString(),
        values.lastKey() + " " + (values.lastKey() == 1 ? unit.replaceFirst("s$", "") : unit),
        "from %s to %s, at least %s and at most %s"
            .formatted(text(values.get(values.firstKey())), text(last), text(least), text(most)));
  }

  /** Evenly, and always the last. */
  private static List<Map.Entry<Long, Double>> thinned(SortedMap<Long, Double> values) {
    int stride = 1 + (values.size() - 1) / MOST_POINTS;
    List<Map.Entry<Long, Double>> shown = new ArrayList<>();
    int index = 0;
    for (Map.Entry<Long, Double> one : values.entrySet()) {
      if (index % stride == 0 || index == values.size() - 1) {
        shown.add(one);
      }
      index++;
    }
    return shown;
  }

  /** A value in figures that people compare. */
  static String text(double value) {
    return text(value, Math.abs(value));
  }

  /** With as many figures as a value of this size has. */
  private static String text(double value, double size) {
    if (size != 0 && (size < 0.001 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    return String.format(Locale.ROOT, size < 10 ? "%.3f" : size < 1000 ? "%.1f" : "%,.0f", value);
  }

  private record Frame(long first, long last, double low, double high) {
    double x(long position) {
      return tenths(
          LEFT
              + (last == first ? 0.5 : (position - first) / (double) (last - first))
                  * (WIDTH - LEFT - 6));
    }

    double y(double value) {
      return tenths(TOP + (high - value) / (high - low) * HEIGHT);
    }

    List<Tick> ticks() {
      double size = Math.max(Math.abs(low), Math.abs(high));
      List<Tick> ticks = new ArrayList<>();
      for (int i = 0; i < TICKS; i++) {
        double value = low + i * (high - low) / (TICKS - 1);
        ticks.add(new Tick(y(value), text(value, size)));
      }
      return ticks;
    }

    private static double tenths(double pixel) {
      return Math.round(10 * pixel) / 10.0;
    }
  }
}
