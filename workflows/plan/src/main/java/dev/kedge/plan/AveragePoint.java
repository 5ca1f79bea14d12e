package dev.kedge.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * An average with one value for every number.
 *
 * @param id what it adds to an id
 * @param label what it adds to a label
 */
record AveragePoint(String id, String label, Map<Dial, Double> values) {
  AveragePoint {
    values = Map.copyOf(values);
  }

  /** These points at every value of another number. */
  static List<AveragePoint> spread(List<AveragePoint> points, Dial dial, List<Double> values) {
    Axis axis = dial.axis(values);
    List<AveragePoint> spread = new ArrayList<>();
    for (AveragePoint point : points) {
      for (double value : values) {
        spread.add(point.at(dial, axis, value));
      }
    }
    return spread;
  }

  double at(Dial dial) {
    return values.get(dial);
  }

  private AveragePoint at(Dial dial, Axis axis, double value) {
    Map<Dial, Double> more = new EnumMap<>(Dial.class);
    more.putAll(values);
    more.put(dial, value);
    return new AveragePoint(id + axis.inId(value), label + axis.inLabel(value), more);
  }
}
