package dev.kedge.experiment;

import dev.kedge.production.Finding;
import dev.kedge.production.Loopback;
import dev.kedge.production.ProductionRule;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/** Whoever can speak in a process's name to Temporal, or change what it says, runs the stages. */
@Singleton
class TemporalRule implements ProductionRule {
  private final TemporalConfig config;

  TemporalRule(TemporalConfig config) {
    this.config = config;
  }

  @Override
  public Stream<Finding> findings() {
    return config.tls().enabled() || Loopback.has(config.address())
        ? Stream.empty()
        : Stream.of(
            new Finding(
                "kedge.temporal.tls.enabled",
                "is false, and Temporal is on %s, so anybody on the way can read and change what is"
                        .formatted(config.address())
                    + " to be done",
                "set it to true, and kedge.temporal.tls.authority where the JDK does not know who"
                    + " signs Temporal's certificate"));
  }
}
