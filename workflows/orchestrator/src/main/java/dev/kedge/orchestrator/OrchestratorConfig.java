package dev.kedge.orchestrator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the orchestrator works. */
@ConfigMapping(prefix = "kedge.orchestrator")
public interface OrchestratorConfig {
  /** How often records without a workflow are looked for. */
  @WithDefault("30s")
  Duration reconcileEvery();
}
