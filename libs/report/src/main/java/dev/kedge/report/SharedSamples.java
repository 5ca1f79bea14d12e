package dev.kedge.report;

import java.util.List;
import java.util.Set;

/**
 * The samples of a suite that other sets have too.
 *
 * @param suite its id
 * @param samples all of its samples, in the data set's order
 * @param exact those that are in another set
 * @param near those that are nearly in another set
 */
public record SharedSamples(
    String suite, List<String> samples, Set<String> exact, Set<String> near) {
  public SharedSamples {
    samples = List.copyOf(samples);
    exact = Set.copyOf(exact);
    near = Set.copyOf(near);
  }

  private boolean isKept(String sample) {
    return !exact.contains(sample) && !near.contains(sample);
  }

  /** Right where a sample is in no other set. */
  Outcomes kept() {
    return Outcomes.of(samples, this::isKept);
  }
}
