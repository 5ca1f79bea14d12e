package dev.kedge.plan;

import java.util.List;

/**
 * One list of a grid, by its names.
 *
 * @param id its name in ids, for example {@code lambda}
 * @param symbol its name in labels, for example {@code λ}
 * @param told whether a value is told even where it is the only one
 */
record Axis(String id, String symbol, List<Number> values, boolean told) {
  Axis {
    values = List.copyOf(values);
  }

  Axis(String id, String symbol, List<Number> values) {
    this(id, symbol, values, false);
  }

  static Axis learningRate(List<Double> values) {
    return new Axis("lr", "lr", List.copyOf(values));
  }

  /** What the value adds to an id; nothing where it need not be told. */
  String inId(Number value) {
    return varies() || told ? "-" + id + text(value) : "";
  }

  /** What the value adds to a label; nothing where it need not be told. */
  String inLabel(Number value) {
    return varies() || told ? " " + symbol + "=" + text(value) : "";
  }

  boolean varies() {
    return values.size() > 1;
  }

  /** The same list under names that say which part of a method it belongs to. */
  Axis of(String part) {
    return new Axis(part.replace('_', '-') + "-" + id, part + "." + symbol, values, told);
  }

  private static String text(Number value) {
    return Numbers.text(value.doubleValue());
  }
}
