package dev.kedge.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the mistakes of one file, so that all are told at once. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void add(String path, String message) {
    found.add(new Problem(path, message));
  }

  /** Notes the message unless the condition holds. */
  void require(boolean condition, String path, String message) {
    if (!condition) {
      add(path, message);
    }
  }

  /** Refuses values that occur twice. */
  void requireDistinct(List<?> values, String path) {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      require(seen.add(value), at(path, i), "%s is there twice; once is enough".formatted(value));
    }
  }

  /** Refuses what is negative or not finite. */
  void requireNotNegative(double value, String path) {
    require(
        Double.isFinite(value) && value >= 0,
        path,
        "%s must be zero or a positive number".formatted(Numbers.text(value)));
  }

  /** Refuses a number of things below 1 where one is given. */
  void requireCount(boolean given, int count, String path) {
    require(
        !given || count >= 1,
        path,
        "%d must be at least 1: leave it out for the default".formatted(count));
  }

  static String at(String path, int index) {
    return path + "[" + index + "]";
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Problem> all() {
    return List.copyOf(found);
  }
}
