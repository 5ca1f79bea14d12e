package dev.kedge.worker;

import dev.kedge.production.Finding;
import dev.kedge.production.Loopback;
import dev.kedge.production.ProductionRule;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/** The way from a worker to its service is not encrypted, so it crosses no network. */
@Singleton
class StageAddressRule implements ProductionRule {
  private final WorkerConfig config;

  StageAddressRule(WorkerConfig config) {
    this.config = config;
  }

  @Override
  public Stream<Finding> findings() {
    return Loopback.has(config.stageAddress())
        ? Stream.empty()
        : Stream.of(
            new Finding(
                "kedge.worker.stage-address",
                "is %s, which is not encrypted and leaves this machine"
                    .formatted(config.stageAddress()),
                "run worker and service on the same machine, or in the same pod, and name"
                    + " 127.0.0.1:PORT"));
  }
}
