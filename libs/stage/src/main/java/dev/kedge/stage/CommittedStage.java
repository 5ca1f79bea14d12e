package dev.kedge.stage;

import dev.kedge.stage.v1.StageResult;
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

  /**
   * What whoever asks for the stage is told.
   *
   * @param cached whether it was there when it was asked for
   */
  public StageResult answer(boolean cached) {
    return StageResult.newBuilder()
        .setKey(key)
        .setArtifact(artifact)
        .setCached(cached)
        .setComputeSeconds(computeSeconds)
        .putAllMetrics(metrics)
        .build();
  }
}
