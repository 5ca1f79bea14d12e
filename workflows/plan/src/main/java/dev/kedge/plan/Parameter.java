package dev.kedge.plan;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A number of a method that the file gives as a list: its names, and what it may be. */
enum Parameter {
  LAMBDA("lambda", "λ", true, Range.NOT_NEGATIVE),
  TEMPERATURE("t", "T", false, Range.POSITIVE),
  RANK("rank", "r", true, Range.COUNT),
  ALPHA("lora-alpha", "LoRA α", false, Range.POSITIVE),
  FRACTION("fraction", "ρ", true, Range.SHARE),
  DECAY("decay", "d", true, Range.SHARE),
  LEARNING_RATE("probe-lr", "probe lr", false, Range.POSITIVE);

  private final String id;
  private final String symbol;
  private final boolean required;
  private final Range range;

  Parameter(String id, String symbol, boolean required, Range range) {
    this.id = id;
    this.symbol = symbol;
    this.required = required;
    this.range = range;
  }

  /** The parameter that a field of the file's holds; empty for other fields. */
  static Optional<Parameter> of(FieldDescriptor field) {
    return Arrays.stream(values())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(field.getName()))
        .findFirst();
  }

  Axis axis(List<Number> values) {
    return new Axis(id, symbol, values);
  }

  void check(List<Number> values, String path, Problems problems) {
    problems.require(!required || !values.isEmpty(), path, "missing: give at least one");
    problems.requireDistinct(values, path);
    for (int i = 0; i < values.size(); i++) {
      range.check(values.get(i).doubleValue(), Problems.at(path, i), problems);
    }
  }
}
