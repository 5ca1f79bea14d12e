package dev.kedge.gateway.access;

import dev.kedge.production.Finding;
import dev.kedge.production.Loopback;
import dev.kedge.production.ProductionRule;
import jakarta.inject.Singleton;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Tokens and data go over TLS alone, unless nobody but this machine is served. */
@Singleton
class TlsRule implements ProductionRule {
  private static final String HOST = "quarkus.http.host";
  private static final String CERTIFICATE = "quarkus.http.ssl.certificate.files";
  private static final String KEY_STORE = "quarkus.http.ssl.certificate.key-store-file";
  private static final String REGISTERED = "quarkus.http.tls-configuration-name";
  private static final String INSECURE = "quarkus.http.insecure-requests";
  private static final String REFUSED = "disabled";

  private final Config config;

  TlsRule(Config config) {
    this.config = config;
  }

  @Override
  public Stream<Finding> findings() {
    return Loopback.has(config.getValue(HOST, String.class))
        ? Stream.empty()
        : Stream.concat(certificate(), insecureRequests());
  }

  private Stream<Finding> certificate() {
    return Stream.of(CERTIFICATE, KEY_STORE, REGISTERED).anyMatch(this::isSet)
        ? Stream.empty()
        : Stream.of(
            new Finding(
                CERTIFICATE,
                "is not set, so nothing is served over TLS",
                "name PEM files there and in quarkus.http.ssl.certificate.key-files"));
  }

  private boolean isSet(String setting) {
    return config.getOptionalValue(setting, String.class).isPresent();
  }

  private Stream<Finding> insecureRequests() {
    String requests = config.getOptionalValue(INSECURE, String.class).orElse("enabled");
    return requests.equalsIgnoreCase(REFUSED)
        ? Stream.empty()
        : Stream.of(
            new Finding(
                INSECURE,
                "is %s, so tokens are taken from requests that anybody on the way can read"
                    .formatted(requests),
                "set it to " + REFUSED));
  }
}
