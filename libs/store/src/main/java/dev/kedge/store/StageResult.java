package dev.kedge.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * What a finished stage leaves behind.
 *
 * @param artifact name of its output
 * @param lineage where it came from: inputs, parameters, code, numerics profile, who
 * @param metrics figures it measured on the way
 */
public record StageResult(Digest artifact, JsonNode lineage, JsonNode metrics) {
  /** All three are needed; lineage and metrics may be empty objects. */
  public StageResult {
    Objects.requireNonNull(artifact, "artifact");
    Objects.requireNonNull(lineage, "lineage");
    Objects.requireNonNull(metrics, "metrics");
  }
}
