package dev.kedge.orchestrator.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.production.Finding;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebhookRuleTest {
  private record Settings(Optional<URI> url, Optional<String> secret) implements WebhookConfig {}

  @Test
  void noticesAreSentOverTls() {
    assertThat(insecure(Optional.empty())).isEmpty();
    assertThat(insecure(Optional.of("https://chat.example.com/hook"))).isEmpty();
    assertThat(insecure(Optional.of("http://chat.example.com/hook")))
        .containsExactly("kedge.webhook.url");
  }

  private static Stream<String> insecure(Optional<String> url) {
    return new WebhookRule(new Settings(url.map(URI::create), Optional.empty()))
        .findings()
        .map(Finding::setting);
  }
}
