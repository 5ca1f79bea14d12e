package dev.kedge.gateway.registry;

import dev.kedge.gateway.GatewayConfig;
import dev.kedge.production.Finding;
import dev.kedge.production.ProductionRule;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/** Whoever may import cannot have the gateway ask what only the gateway can reach. */
@Singleton
class FetchRule implements ProductionRule {
  private final GatewayConfig config;

  FetchRule(GatewayConfig config) {
    this.config = config;
  }

  @Override
  public Stream<Finding> findings() {
    return config.fetchFromPrivateNetworks()
        ? Stream.of(
            new Finding(
                "kedge.gateway.fetch-from-private-networks",
                "is true, so whoever may import can read what only the gateway can reach",
                "leave it out, and import what lies inside through the bucket (kedge.gateway.import-prefixes)"))
        : Stream.empty();
  }
}
