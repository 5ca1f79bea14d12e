package dev.kedge.plan;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A number of an average that the file gives as a list: its names, and what it may be. */
enum AverageParameter {
  ALPHAS("alpha", "α", Range.RATIO, OptionalDouble.empty()),
  ALPHA("alpha", "α", Range.SHARE, OptionalDouble.empty()),
  FIRST("first", "first", Range.RATIO, OptionalDouble.empty()),
  LAST("last", "last", Range.RATIO, OptionalDouble.of(1)),
  T("t", "t", Range.RATIO, OptionalDouble.empty()),
  LAMBDA("lambda", "λ", Range.NOT_NEGATIVE, OptionalDouble.of(1)),
  RHO("rho", "ρ", Range.SHARE, OptionalDouble.empty()),
  DENSITY("density", "density", Range.DENSITY, OptionalDouble.empty());

  private final String id;
  private final String symbol;
  private final Range range;
  private final OptionalDouble usual;

  /**
   * @param usual where the list may be left out, its one value
   */
  AverageParameter(String id, String symbol, Range range, OptionalDouble usual) {
    this.id = id;
    this.symbol = symbol;
    this.range = range;
    this.usual = usual;
  }

  /** The values to try, in the file's order. */
  List<Double> values(Message given) {
    List<Double> values = listed(given);
    return values.isEmpty() ? usual.stream().boxed().toList() : values;
  }

  void check(Message given, String path, Problems problems) {
    String list = path + "." + field(given).getName();
    problems.require(!values(given).isEmpty(), list, "missing: give at least one");
    problems.requireDistinct(listed(given), list);
    for (int i = 0; i < listed(given).size(); i++) {
      range.check(listed(given).get(i), Problems.at(list, i), problems);
    }
  }

  Axis axis(List<Double> values) {
    return new Axis(id, symbol, List.copyOf(values), this == ALPHAS);
  }

  private List<Double> listed(Message given) {
    return ((List<?>) given.getField(field(given))).stream().map(Double.class::cast).toList();
  }

  private FieldDescriptor field(Message given) {
    return given.getDescriptorForType().findFieldByName(name().toLowerCase(Locale.ROOT));
  }
}
