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
    assertThat(config.largestUpload().asLongValue()).isEqualTo(100L << 30);
    assertThat(config.uploadsAtOnce()).isEqualTo(256);
    assertThat(config.importPrefixes()).containsExactly("incoming/");
    assertThat(config.largestFetchedFile().asLongValue()).isEqualTo(100L << 30);
    assertThat(config.largestFetchedImport().asLongValue()).isEqualTo(1L << 40);
    assertThat(config.longestFetch()).isEqualTo(Duration.ofHours(24));
    assertThat(config.slowestFetch().asLongValue()).isEqualTo(10 << 10);
    assertThat(config.fetchFromPrivateNetworks()).isFalse();
    assertThat(config.fetchPorts()).containsExactlyInAnyOrder(80, 443);
  }

  @Test
  void namesArePinned() {
    GatewayConfig config =
        config(
            Map.ofEntries(
                Map.entry("kedge.gateway.watch-interval", "2s"),
                Map.entry("kedge.gateway.operation-timeout", "3s"),
                Map.entry("kedge.gateway.upload-patience", "4s"),
                Map.entry("kedge.gateway.largest-upload", "9K"),
                Map.entry("kedge.gateway.uploads-at-once", "10"),
                Map.entry("kedge.gateway.import-prefixes", "data/,more/"),
                Map.entry("kedge.gateway.largest-fetched-file", "5K"),
                Map.entry("kedge.gateway.largest-fetched-import", "6K"),
                Map.entry("kedge.gateway.longest-fetch", "7s"),
                Map.entry("kedge.gateway.slowest-fetch", "8"),
                Map.entry("kedge.gateway.fetch-from-private-networks", "true"),
                Map.entry("kedge.gateway.fetch-ports", "9000")));

    assertThat(config.watchInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.operationTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.uploadPatience()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.largestUpload().asLongValue()).isEqualTo(9 << 10);
    assertThat(config.uploadsAtOnce()).isEqualTo(10);
    assertThat(config.importPrefixes()).containsExactly("data/", "more/");
    assertThat(config.largestFetchedFile().asLongValue()).isEqualTo(5 << 10);
    assertThat(config.largestFetchedImport().asLongValue()).isEqualTo(6 << 10);
    assertThat(config.longestFetch()).isEqualTo(Duration.ofSeconds(7));
    assertThat(config.slowestFetch().asLongValue()).isEqualTo(8);
    assertThat(config.fetchFromPrivateNetworks()).isTrue();
    assertThat(config.fetchPorts()).containsExactly(9000);
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
