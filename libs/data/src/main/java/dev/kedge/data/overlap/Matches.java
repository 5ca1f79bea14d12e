package dev.kedge.data.overlap;

import java.util.List;

/**
 * Samples of a set that are, or nearly are, samples of a set.
 *
 * @param samples their names, in the set's order
 * @param partners for each of them one that it is like
 */
public record Matches(List<String> samples, List<String> partners) {
  public Matches {
    samples = List.copyOf(samples);
    partners = List.copyOf(partners);
  }

  /** How many there are. */
  public int count() {
    return samples.size();
  }
}
