package dev.kedge.embedded;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The one key pair an embedded S3 accepts.
 *
 * @param accessKey name of the key, not secret
 * @param secretKey what requests are signed with
 */
public record S3Credentials(String accessKey, String secretKey) {
  private static final int ACCESS_KEY_BYTES = 10;
  private static final int SECRET_KEY_BYTES = 32;

  /** Refuses blank keys. */
  public S3Credentials {
    if (accessKey.isBlank() || secretKey.isBlank()) {
      throw new IllegalArgumentException("S3 credentials must not be blank: set both keys");
    }
  }

  /** Keys nobody can guess: 80 bits of name, 256 bits of secret. */
  public static S3Credentials random() {
    return new S3Credentials(randomHex(ACCESS_KEY_BYTES), randomHex(SECRET_KEY_BYTES));
  }

  private static String randomHex(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** Names the key and hides the secret, so that a log line cannot leak it. */
  @Override
  public String toString() {
    return "S3Credentials[accessKey=" + accessKey + "]";
  }
}
