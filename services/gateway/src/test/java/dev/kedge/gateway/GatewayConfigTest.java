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
    assertThat(config.uploadPatience()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.largestFetchedFile().asLongValue()).isEqualTo(100L << 30);
    assertThat(config.largestFetchedImport().asLongValue()).isEqualTo(1L << 40);
    assertThat(config.longestFetch()).isEqualTo(Duration.ofHours(24));
    assertThat(config.slowestFetch().asLongValue()).isEqualTo(10 << 10);
    assertThat(config.fetchFromPrivateNetworks()).isFalse();
  }

  @Test
  void namesArePinned() {
    GatewayConfig config =
        config(
            Map.of(
                "kedge.gateway.watch-interval", "2s",
                "kedge.gateway.operation-timeout", "3s",
                "kedge.gateway.upload-patience", "4s",
                "kedge.gateway.largest-fetched-file", "5K",
                "kedge.gateway.largest-fetched-import", "6K",
                "kedge.gateway.longest-fetch", "7s",
                "kedge.gateway.slowest-fetch", "8",
                "kedge.gateway.fetch-from-private-networks", "true"));

    assertThat(config.watchInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.operationTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.uploadPatience()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.largestFetchedFile().asLongValue()).isEqualTo(5 << 10);
    assertThat(config.largestFetchedImport().asLongValue()).isEqualTo(6 << 10);
    assertThat(config.longestFetch()).isEqualTo(Duration.ofSeconds(7));
    assertThat(config.slowestFetch().asLongValue()).isEqualTo(8);
    assertThat(config.fetchFromPrivateNetworks()).isTrue();
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
