package dev.kedge.orchestrator.notice;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Who is told. */
@ConfigMapping(prefix = "kedge.webhook")
public interface WebhookConfig {
  /** Where notices are sent; nobody is told without it. */
  Optional<URI> url();

  /** What they are signed with, {@code whsec_} and 24 to 64 random bytes in Base64. */
  Optional<String> secret();
}
