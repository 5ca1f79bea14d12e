package dev.kedge.stage;

import dev.kedge.production.Finding;
import dev.kedge.production.Loopback;
import dev.kedge.production.ProductionRule;
import jakarta.inject.Singleton;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A stage service does what it is told by whoever reaches it: that is the worker beside it. */
@Singleton
class StagePortRule implements ProductionRule {
  private static final String HOST = "quarkus.http.host";

  private final String host;

  StagePortRule(@ConfigProperty(name = HOST) String host) {
    this.host = host;
  }

  @Override
  public Stream<Finding> findings() {
    return Loopback.has(host)
        ? Stream.empty()
        : Stream.of(
            new Finding(
                HOST,
                "is %s, so whoever reaches this machine can have any stage run".formatted(host),
                "leave it out, or set 127.0.0.1: its worker is on the same machine, or in the same"
                    + " pod"));
  }
}
