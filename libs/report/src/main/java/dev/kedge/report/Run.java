package dev.kedge.report;

import java.util.Map;
import java.util.OptionalLong;

/**
 * One model and how it did.
 *
 * @param candidate its id, unique in the experiment
 * @param seed the seed it was trained with; empty for the base and for averages over seeds
 * @param computeSeconds what its parts cost
 * @param scores by suite id
 */
public record Run(
    String candidate, OptionalLong seed, double computeSeconds, Map<String, Scores> scores) {
  /** Copies the scores. */
  public Run {
    scores = Map.copyOf(scores);
  }
}
