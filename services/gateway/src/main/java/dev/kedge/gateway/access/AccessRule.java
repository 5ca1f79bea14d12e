package dev.kedge.gateway.access;

import dev.kedge.production.Finding;
import dev.kedge.production.ProductionRule;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Callers are asked for tokens, and whose tokens these are is known. */
@Singleton
class AccessRule implements ProductionRule {
  private static final String ISSUER = "quarkus.oidc.auth-server-url";
  private static final String AUDIENCE = "quarkus.oidc.token.audience";

  /** With this Quarkus accepts all values. */
  private static final String ANY = "any";

  /** Also as a variable of the environment is written. */
  private static final Pattern TRUST_ALL =
      Pattern.compile("quarkus[._]tls[._](.+[._])?trust[-._]all", Pattern.CASE_INSENSITIVE);

  private final AccessConfig access;
  private final Config config;

  AccessRule(AccessConfig access, Config config) {
    this.access = access;
    this.config = config;
  }

  @Override
  public Stream<Finding> findings() {
    return Stream.of(
            tokens(),
            issuer(),
            audience(),
            set(
                "quarkus.oidc.token.issuer",
                ANY,
                "so tokens of any issuer with the same keys are accepted",
                "leave it out"),
            set(
                "quarkus.oidc.tls.verification",
                "none",
                "so anybody on the way can pass off keys as the issuer's",
                "leave it out, and have the JDK trust who signs the issuer's certificate"),
            trust())
        .flatMap(findings -> findings);
  }

  private Stream<Finding> tokens() {
    return access.required()
        ? Stream.empty()
        : Stream.of(
            new Finding(
                "kedge.access.required",
                "is false, so whoever reaches the gateway may do everything",
                "set it to true"));
  }

  private Stream<Finding> issuer() {
    return text(ISSUER)
        .map(url -> Finding.ofOpenWay(ISSUER, URI.create(url), "and change the issuer's keys"))
        .orElseGet(
            () ->
                Stream.of(
                    new Finding(
                        ISSUER, "is not set, so nobody makes tokens", "name the OIDC issuer")));
  }

  /** Certificates are compared, in every configuration of TLS that there is. */
  private Stream<Finding> trust() {
    return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
        .filter(name -> TRUST_ALL.matcher(name).matches())
        .sorted()
        .flatMap(
            name ->
                set(
                    name,
                    "true",
                    "so anybody on the way can pass for whoever is called",
                    "leave it out, and name who signs their certificate in the trust-store"));
  }

  private Stream<Finding> audience() {
    List<String> audience = config.getOptionalValues(AUDIENCE, String.class).orElse(List.of());
    return audience.isEmpty() || audience.contains(ANY)
        ? Stream.of(
            new Finding(
                AUDIENCE,
                "is %s, so tokens that were made for something else are accepted"
                    .formatted(audience.isEmpty() ? "not set" : ANY),
                "name what the issuer knows Kedge as"))
        : Stream.empty();
  }

  /** That a setting has the one value that it should not have. */
  private Stream<Finding> set(String setting, String value, String so, String remedy) {
    return text(setting).stream()
        .filter(value::equalsIgnoreCase)
        .map(found -> new Finding(setting, "is %s, %s".formatted(found, so), remedy));
  }

  private Optional<String> text(String setting) {
    return config.getOptionalValue(setting, String.class);
  }
}
