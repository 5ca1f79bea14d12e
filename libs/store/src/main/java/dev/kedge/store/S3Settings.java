package dev.kedge.store;

import java.net.URI;
import java.util.Objects;

/**
 * Where the objects are and how to get at them.
 *
 * @param endpoint base address of the S3 service, such as {@code http://127.0.0.1:9000}
 * @param bucket the one bucket everything lies in
 * @param accessKey name of the key pair
 * @param secretKey what requests are signed with
 * @param region region the requests are signed for; {@link #DEFAULT_REGION} where there is only one
 */
public record S3Settings(
    URI endpoint, String bucket, String accessKey, String secretKey, String region) {
  /** What servers without regions expect. */
  public static final String DEFAULT_REGION = "us-east-1";

  /** Refuses what no request could be made with. */
  public S3Settings {
    Objects.requireNonNull(endpoint, "endpoint");
    if (endpoint.getHost() == null || endpoint.getScheme() == null) {
      throw new IllegalArgumentException(
          "S3 endpoint \"" + endpoint + "\" is no address: write it as http://HOST:PORT");
    }
    requireText(bucket, "bucket");
    requireText(accessKey, "access key");
    requireText(secretKey, "secret key");
    requireText(region, "region");
  }

  /** Settings for a service that has one region. */
  public static S3Settings of(URI endpoint, String bucket, String accessKey, String secretKey) {
    return new S3Settings(endpoint, bucket, accessKey, secretKey, DEFAULT_REGION);
  }

  private static void requireText(String value, String name) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("S3 " + name + " is empty: set it");
    }
  }

  /** Everything but the secret, so that a log line cannot leak it. */
  @Override
  public String toString() {
    return "S3Settings[" + endpoint + "/" + bucket + ", accessKey=" + accessKey + "]";
  }
}
