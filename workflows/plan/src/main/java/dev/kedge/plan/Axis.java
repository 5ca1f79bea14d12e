package dev.kedge.plan;

import java.util.List;

/**
 * One list of a grid, by its names.
 *
 * @param id its name in ids, for example {@code lambda}
 * @param symbol its name in labels, for example {@code λ}
 */
record Axis(String id, String symbol, List<Number> values) {
  Axis {
    values = List.copyOf(values);
  }

  static Axis learningRate(List<Double> values) {
    return new Axis("lr", "lr", List.copyOf(values));
  }

  /** What the value adds to an id; nothing where it is the only one. */
  String inId(Number value) {
    return varies() ? "-" + id + text(value) : "";
  }

  /** What the value adds to a label; nothing where it is the only one. */
  String inLabel(Number value) {
    return varies() ? " " + symbol + "=" + text(value) : "";
  }

  boolean varies() {
    return values.size() > 1;
  }

  /** The same list under names that say which part of a method it belongs to. */
  Axis of(String part) {
    return new Axis(part.replace('_', '-') + "-" + id, part + "." + symbol, values);
  }

  private static String text(Number value) {
    return Numbers.text(value.doubleValue());
  }
}
