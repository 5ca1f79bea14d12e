package dev.kedge.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.production.Finding;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TracesRuleTest {
  @Test
  void aCollectorIsReachedOverTls() {
    assertThat(insecure(Map.of("otel.exporter.otlp.endpoint", "http://collector:4317")))
        .containsExactly("otel.exporter.otlp.endpoint");
    assertThat(insecure(Map.of("otel.exporter.otlp.traces.endpoint", "http://collector:4317")))
        .containsExactly("otel.exporter.otlp.traces.endpoint");
    assertThat(insecure(Map.of("otel.exporter.otlp.endpoint", "https://collector:4317"))).isEmpty();
    assertThat(insecure(Map.of("otel.exporter.otlp.endpoint", "http://127.0.0.1:4317"))).isEmpty();
  }

  @Test
  void whoSendsNoTracesIsAskedNothing() {
    assertThat(insecure(Map.of())).isEmpty();
    assertThat(
            insecure(
                Map.of(
                    "otel.exporter.otlp.endpoint",
                    "http://collector:4317",
                    "otel.sdk.disabled",
                    "true")))
        .isEmpty();
  }

  private static Stream<String> insecure(Map<String, String> settings) {
    var config = new SmallRyeConfigBuilder().withDefaultValues(settings).build();
    return new TracesRule(config).findings().map(Finding::setting);
  }
}
