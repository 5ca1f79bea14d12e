package dev.kedge.plan;

import java.util.List;

/**
 * One list of a grid.
 *
 * @param id its name in ids, for example {@code lambda}
 * @param symbol its name in labels, for example {@code λ}
 */
record Axis(String id, String symbol, List<Double> values) {
  Axis {
    values = List.copyOf(values);
  }

  static Axis lambda(List<Double> values) {
    return new Axis("lambda", "λ", values);
  }

  static Axis temperature(List<Double> values) {
    return new Axis("t", "T", values.isEmpty() ? List.of(1.0) : values);
  }

  static Axis learningRate(List<Double> values) {
    return new Axis("lr", "lr", values);
  }

  /** What the value adds to an id; nothing where it is the only one. */
  String inId(double value) {
    return values.size() == 1 ? "" : "-" + id + Numbers.text(value);
  }

  /** What the value adds to a label; nothing where it is the only one. */
  String inLabel(double value) {
    return values.size() == 1 ? "" : " " + symbol + "=" + Numbers.text(value);
  }
}
