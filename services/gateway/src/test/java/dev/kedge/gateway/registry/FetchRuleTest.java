package dev.kedge.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.gateway.GatewayConfig;
import dev.kedge.production.Finding;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FetchRuleTest {
  private static final String SETTING = "kedge.gateway.fetch-from-private-networks";

  @Test
  void nothingIsFetchedFromPrivateNetworks() {
    assertThat(insecure(Map.of())).isEmpty();
    assertThat(insecure(Map.of(SETTING, "true"))).containsExactly(SETTING);
  }

  private static Stream<String> insecure(Map<String, String> settings) {
    return new FetchRule(
            new SmallRyeConfigBuilder()
                .withMapping(GatewayConfig.class)
                .addDiscoveredConverters()
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(GatewayConfig.class))
        .findings()
        .map(Finding::setting);
  }
}
