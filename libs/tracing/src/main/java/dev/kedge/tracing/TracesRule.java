package dev.kedge.tracing;

import dev.kedge.production.Finding;
import dev.kedge.production.ProductionRule;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Spans have names of experiments and messages of errors. */
@Singleton
class TracesRule implements ProductionRule {
  private final Config config;

  TracesRule(Config config) {
    this.config = config;
  }

  @Override
  public Stream<Finding> findings() {
    return TracingBeans.collectors(config).entrySet().stream()
        .flatMap(
            collector ->
                Finding.ofOpenWay(
                    collector.getKey(), URI.create(collector.getValue()), "the traces"));
  }
}
