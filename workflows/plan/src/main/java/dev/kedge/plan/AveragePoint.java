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
record AveragePoint(String id, String label, Map<AverageParameter, Double> values) {
  AveragePoint {
    values = Map.copyOf(values);
  }

  /** These points at every value of another number. */
  static List<AveragePoint> spread(
      List<AveragePoint> points, AverageParameter parameter, List<Double> values) {
    Axis axis = parameter.axis(values);
    List<AveragePoint> spread = new ArrayList<>();
    for (AveragePoint point : points) {
      for (double value : values) {
        spread.add(point.at(parameter, axis, value));
      }
    }
    return spread;
  }

  double at(AverageParameter parameter) {
    return values.get(parameter);
  }

  private AveragePoint at(AverageParameter parameter, Axis axis, double value) {
    Map<AverageParameter, Double> more = new EnumMap<>(AverageParameter.class);
    more.putAll(values);
    more.put(parameter, value);
    return new AveragePoint(id + axis.inId(value), label + axis.inLabel(value), more);
  }
}
