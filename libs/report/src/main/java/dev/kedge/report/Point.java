package dev.kedge.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One point on the trade-off plane: a method or an average, with one run for each seed.
 *
 * @param label unique, for example {@code l2 λ=0.1 α=0.3}
 * @param method the method's id; {@value #BASE} for the base
 * @param average the average's id; empty for a plain checkpoint
 * @param alpha the fine-tuned model's weight, where it has one
 */
public record Point(
    String label, String method, String average, OptionalDouble alpha, List<Run> runs) {
  /** The method of the model that everything starts from. */
  public static final String BASE = "base";

  /** Checks that there is a run. */
  public Point {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("point '" + label + "' has no run");
    }
  }

  boolean isBase() {
    return method.equals(BASE) && average.isEmpty();
  }

  /** The method's id and, of an average, its id: what points of one grid share. */
  String way() {
    return (method + " " + average).strip();
  }

  /** What a suite measures, mean over the runs. */
  double value(Suite suite) {
    return runs.stream()
        .mapToDouble(run -> run.scores().get(suite.id()).value())
        .average()
        .orElseThrow();
  }

  /** What the suites measure, mean over suites and runs; they share a scale. */
  double value(List<Suite> suites) {
    return suites.stream().mapToDouble(this::value).average().orElseThrow();
  }

  /** The same turned so that more is better. */
  double gain(List<Suite> suites) {
    return Scale.of(suites).gain(value(suites));
  }
}
