package dev.kedge.orchestrator.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a webhook's receiver knows a notice of ours by: Standard Webhooks 1.0, symmetric. */
final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int FEWEST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  private final SecretKeySpec key;

  private WebhookSecret(byte[] bytes) {
    key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what one looks like, and nothing of this one
   */
  static WebhookSecret parse(String text) {
    byte[] bytes = bytes(text);
    if (bytes.length < FEWEST_BYTES || bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "kedge.webhook.secret is not `%s` and %d to %d bytes in Base64: make one with `echo %1$s$(head -c 32 /dev/urandom | base64)`"
              .formatted(PREFIX, FEWEST_BYTES, MOST_BYTES));
    }
    return new WebhookSecret(bytes);
  }

  private static byte[] bytes(String text) {
    try {
      return text.startsWith(PREFIX)
          ? Base64.getDecoder().decode(text.substring(PREFIX.length()))
          : new byte[0];
    } catch (IllegalArgumentException noBase64) {
      return new byte[0];
    }
  }

  /**
   * The signature's header.
   *
   * @param seconds when it is sent, since 1970
   */
  String sign(String id, long seconds, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] signature = mac.doFinal("%s.%d.%s".formatted(id, seconds, body).getBytes(UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
