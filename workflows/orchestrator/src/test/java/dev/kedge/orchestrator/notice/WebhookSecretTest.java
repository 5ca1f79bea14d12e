package dev.kedge.orchestrator.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {
  /** The example that libraries of Standard Webhooks check themselves by. */
  @Test
  void signaturesAreThoseThatReceiversExpect() {
    WebhookSecret secret = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_!"})
  void whatIsNoSecretIsRefusedAndNotRepeated(String text) {
    assertThatThrownBy(() -> WebhookSecret.parse(text))
        .hasMessageContaining("make one with `echo whsec_$(")
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("MfKQ9r8", "c2hvcnQ");
  }
}
