package dev.kedge.gateway.pages;

import dev.kedge.gateway.registry.Sample;
import dev.kedge.v1.DatasetVersion;
import java.util.List;

/**
 * A version of a data set.
 *
 * @param version with what was found in it
 * @param samples some of it; empty where it was not prepared, and of all but the newest that was
 */
public record DatasetView(DatasetVersion version, List<Sample> samples) {
  /** Those that are pictures. */
  public List<Sample> pictures() {
    return samples.stream().filter(sample -> sample.fields().isEmpty()).toList();
  }

  /** Those that are records. */
  public List<Sample> records() {
    return samples.stream().filter(sample -> !sample.fields().isEmpty()).toList();
  }
}
