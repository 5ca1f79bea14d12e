package dev.kedge.orchestrator.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.production.Finding;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebhookRuleTest {
  private static final String URL = "kedge.webhook.url";

  @Test
  void noticesAreSentOverTls() {
    assertThat(insecure(Map.of())).isEmpty();
    assertThat(insecure(Map.of(URL, "https://chat.example.com/hook"))).isEmpty();
    assertThat(insecure(Map.of(URL, "http://chat.example.com/hook"))).containsExactly(URL);
  }

  private static Stream<String> insecure(Map<String, String> settings) {
    var config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(WebhookConfig.class)
            .withDefaultValues(settings)
            .build();
    return new WebhookRule(config.getConfigMapping(WebhookConfig.class))
        .findings()
        .map(Finding::setting);
  }
}
