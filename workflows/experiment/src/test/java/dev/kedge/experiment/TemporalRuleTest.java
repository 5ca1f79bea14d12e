package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.production.Finding;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TemporalRuleTest {
  private static final String ADDRESS = "kedge.temporal.address";

  @Test
  void theWayToTemporalIsEncrypted() {
    assertThat(insecure(Map.of(ADDRESS, "temporal.example.com:7233")))
        .containsExactly("kedge.temporal.tls.enabled");
    assertThat(
            insecure(
                Map.of(ADDRESS, "temporal.example.com:7233", "kedge.temporal.tls.enabled", "true")))
        .isEmpty();
  }

  @Test
  void onThisMachineItNeedNotBe() {
    assertThat(insecure(Map.of())).isEmpty();
    assertThat(insecure(Map.of(ADDRESS, "[::1]:7233"))).isEmpty();
  }

  private static Stream<String> insecure(Map<String, String> settings) {
    var config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(TemporalConfig.class)
            .withDefaultValues(settings)
            .build();
    return new TemporalRule(config.getConfigMapping(TemporalConfig.class))
        .findings()
        .map(Finding::setting);
  }
}
