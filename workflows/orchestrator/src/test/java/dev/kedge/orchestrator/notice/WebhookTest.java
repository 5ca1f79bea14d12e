package dev.kedge.orchestrator.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void whatCouldNotBeToldSafelyIsRefusedBeforeAnythingStarts() {
    refused("https://hooks.example.com/kedge", null, "kedge.webhook.secret is not: notices are");
    refused("http://hooks.example.com/kedge", SECRET, "is plain http to hooks.example.com");
    refused("hooks.example.com", SECRET, "is not https://HOST/PATH");
    refused("file:///tmp/notices", SECRET, "is not https://HOST/PATH");
  }

  @Test
  void nobodyNeedBeTold() {
    Webhook nobody = webhook(null, null);
    assertThat(nobody.isThere()).isFalse();
    nobody.post("id", "{}");
  }

  private static void refused(String url, String secret, String message) {
    assertThatThrownBy(() -> webhook(url, secret)).hasMessageContaining(message);
  }

  private static Webhook webhook(String url, String secret) {
    return new Webhook(
        new WebhookConfig() {
          @Override
          public Optional<URI> url() {
            return Optional.ofNullable(url).map(URI::create);
          }

          @Override
          public Optional<String> secret() {
            return Optional.ofNullable(secret);
          }
        });
  }
}
