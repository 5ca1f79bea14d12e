package dev.kedge.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the gateway behaves. */
@ConfigMapping(prefix = "kedge.gateway")
public interface GatewayConfig {
  /** How often a watched experiment is looked at. */
  @WithDefault("500ms")
  Duration watchInterval();

  /** How long an operator's call waits for the orchestrator. */
  @WithDefault("30s")
  Duration operationTimeout();
}
