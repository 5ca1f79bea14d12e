package dev.kedge.gateway.access;

import dev.kedge.gateway.Refusal;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.OidcSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;

/** Ends what a browser has of somebody who signed in. */
@ApplicationScoped
public class SignOut {
  private final AccessConfig config;
  private final OidcSession session;
  private final Instance<OidcConfigurationMetadata> issuer;

  SignOut(AccessConfig config, OidcSession session, Instance<OidcConfigurationMetadata> issuer) {
    this.config = config;
    this.session = session;
    this.issuer = issuer;
  }

  /**
   * Takes the session's cookie back.
   *
   * @throws Refusal if nobody signs in here
   */
  public void here() {
    requireSignIn();
    session.logout().await().indefinitely();
  }

  /** Where the issuer ends its own session; empty where it names no such place. */
  public Optional<String> atIssuer() {
    requireSignIn();
    return Optional.ofNullable(issuer.get().getEndSessionUri());
  }

  private void requireSignIn() {
    if (!config.required()) {
      throw Refusal.notFound("NOBODY_SIGNS_IN", "nobody signs in here, and so nobody signs out");
    }
  }
}
