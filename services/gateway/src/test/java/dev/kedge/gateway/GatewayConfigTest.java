package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {
  @Test
  void defaultsArePinned() {
    GatewayConfig config = config(Map.of());

    assertThat(config.watchInterval()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.operationTimeout()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void namesArePinned() {
    GatewayConfig config =
        config(
            Map.of("kedge.gateway.watch-interval", "2s", "kedge.gateway.operation-timeout", "3s"));

    assertThat(config.watchInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.operationTimeout()).isEqualTo(Duration.ofSeconds(3));
  }

  private static GatewayConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withMapping(GatewayConfig.class)
        .addDiscoveredConverters()
        .withDefaultValues(values)
        .build()
        .getConfigMapping(GatewayConfig.class);
  }
}
