package dev.kedge.stage;

import java.util.Map;

/**
 * A stage whose result is committed and intact.
 *
 * @param key the stage key
 * @param artifact the output's digest, {@code sha256:…}
 * @param computeSeconds seconds of computing in all attempts that led to it
 * @param metrics named measurements of the result
 * @param lineage what it was made from, and how
 */
public record CommittedStage(
    String key,
    String artifact,
    double computeSeconds,
    Map<String, Double> metrics,
    Lineage lineage) {
  /** Copies the metrics. */
  public CommittedStage {
    metrics = Map.copyOf(metrics);
  }
}
