package dev.kedge.gateway.access;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Without an audience a token that the issuer has made for anything else would do. */
@Startup
@Singleton
final class RequiredSettings {
  RequiredSettings(
      AccessConfig config,
      @ConfigProperty(name = "quarkus.oidc.token.audience") Optional<List<String>> audience) {
    if (config.required() && audience.isEmpty()) {
      throw new IllegalStateException(
          "kedge.access.required is set, and quarkus.oidc.token.audience is not: name what the issuer"
              + " knows Kedge as, so that tokens made for something else are refused");
    }
  }
}
