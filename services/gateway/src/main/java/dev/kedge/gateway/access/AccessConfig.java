package dev.kedge.gateway.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether callers are asked who they are. */
@ConfigMapping(prefix = "kedge.access")
public interface AccessConfig {
  /**
   * Whether every call needs a token of the issuer {@code quarkus.oidc.auth-server-url}, which
   * grants what it asks for.
   */
  @WithDefault("false")
  boolean required();
}
