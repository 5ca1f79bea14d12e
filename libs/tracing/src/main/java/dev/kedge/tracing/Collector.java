package dev.kedge.tracing;

import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;
import java.util.Map;

/**
 * Sends spans as OpenTelemetry's own variables say ({@code OTEL_EXPORTER_OTLP_ENDPOINT}, {@code
 * OTEL_TRACES_SAMPLER}, …). Metrics and logs go their own ways.
 *
 * @param process the service's name, where the variables give none
 * @param version the service's version
 */
record Collector(String process, String version) {
  private static final String NAME = "service.name";

  /**
   * @param more properties as OpenTelemetry names them; variables of the environment go first
   */
  Traces open(Map<String, String> more) {
    return Traces.through(
        AutoConfiguredOpenTelemetrySdk.builder()
            .setServiceClassLoader(Collector.class.getClassLoader())
            // Spans of stages that stop end after it would run.
            .disableShutdownHook()
            .addPropertiesSupplier(
                () -> Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none"))
            .addPropertiesSupplier(() -> more)
            .addResourceCustomizer(this::named)
            .addTracerProviderCustomizer((spans, read) -> spans.setIdGenerator(new ChosenIds()))
            .build()
            .getOpenTelemetrySdk());
  }

  private Resource named(Resource resource, ConfigProperties read) {
    ResourceBuilder own = resource.toBuilder().put("service.version", version);
    boolean isNamed =
        read.getString("otel.service.name") != null
            || read.getMap("otel.resource.attributes").containsKey(NAME);
    return (isNamed ? own : own.put(NAME, process)).build();
  }
}
