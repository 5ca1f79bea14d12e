package dev.kedge.orchestrator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** How the orchestrator works. */
@ConfigMapping(prefix = "kedge.orchestrator")
public interface OrchestratorConfig {
  /** How often records without a workflow are looked for. */
  @WithDefault("30s")
  Duration reconcileEvery();

  /**
   * How many stages of one project are at work at once, at most; any number where it is not set.
   */
  OptionalInt stagesPerProject();
}
