package dev.kedge.tracing;

import dev.kedge.production.Production;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/** The process's traces: on where its configuration names a collector. */
@Singleton
public class TracingBeans {
  private static final String COLLECTOR = "otel.exporter.otlp.endpoint";
  private static final String COLLECTOR_OF_TRACES = "otel.exporter.otlp.traces.endpoint";
  private static final String DISABLED = "otel.sdk.disabled";

  @Produces
  @Singleton
  Traces traces(Config config, Production production) {
    production.check();
    Map<String, String> collectors = collectors(config);
    return collectors.isEmpty()
        ? Traces.off()
        : Traces.collected(
            config.getValue("quarkus.application.name", String.class),
            config.getValue("quarkus.application.version", String.class),
            collectors);
  }

  /** Where spans are sent, by the setting's name; nowhere where traces are off. */
  static Map<String, String> collectors(Config config) {
    var given = new TreeMap<String, String>();
    if (config.getOptionalValue(DISABLED, Boolean.class).orElse(false)) {
      return given;
    }
    for (String name : new String[] {COLLECTOR, COLLECTOR_OF_TRACES}) {
      Optional<String> value = config.getOptionalValue(name, String.class);
      value.ifPresent(url -> given.put(name, url));
    }
    return given;
  }

  void close(@Disposes Traces traces) {
    traces.close();
  }
}
