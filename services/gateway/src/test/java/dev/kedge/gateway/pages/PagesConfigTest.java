package dev.kedge.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagesConfigTest {
  @Test
  void defaultsArePinned() {
    PagesConfig config = config(Map.of());

    assertThat(config.enabled()).isTrue();
    assertThat(config.hosts()).isEmpty();
    assertThat(config.refresh()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.recheck()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.live()).isEqualTo(200);
  }

  @Test
  void namesArePinned() {
    PagesConfig config =
        config(
            Map.of(
                "kedge.pages.enabled", "false",
                "kedge.pages.hosts", "kedge.example.com,kedge",
                "kedge.pages.refresh", "2s",
                "kedge.pages.recheck", "1m",
                "kedge.pages.live", "3"));

    assertThat(config.enabled()).isFalse();
    assertThat(config.hosts().orElseThrow())
        .containsExactlyInAnyOrder("kedge.example.com", "kedge");
    assertThat(config.refresh()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.recheck()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.live()).isEqualTo(3);
  }

  private static PagesConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withMapping(PagesConfig.class)
        .addDiscoveredConverters()
        .withDefaultValues(values)
        .build()
        .getConfigMapping(PagesConfig.class);
  }
}
