package dev.kedge.store;

import dev.kedge.embedded.EmbeddedS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The S3 services that the contract is tried on. */
enum Backend {
  /** Always there. */
  EMBEDDED {
    @Override
    S3Settings settings(String bucket) {
      EmbeddedS3 s3 = Shared.S3;
      return S3Settings.of(
          s3.endpoint(), bucket, s3.credentials().accessKey(), s3.credentials().secretKey());
    }
  },

  /** There if KEDGE_TEST_S3_ENDPOINT, _ACCESS_KEY and _SECRET_KEY say where. */
  REAL {
    @Override
    S3Settings settings(String bucket) {
      return S3Settings.of(
          URI.create(variable("KEDGE_TEST_S3_ENDPOINT")),
          bucket,
          variable("KEDGE_TEST_S3_ACCESS_KEY"),
          variable("KEDGE_TEST_S3_SECRET_KEY"));
    }
  };

  abstract S3Settings settings(String bucket);

  private static String variable(String name) {
    Optional<String> value = Optional.ofNullable(System.getenv(name));
    Assumptions.assumeTrue(value.isPresent(), "no real S3 server to try: " + name + " is not set");
    return value.get();
  }

  /** One embedded server for all tests of this JVM. */
  private static final class Shared {
    static final EmbeddedS3 S3 = start();

    private static EmbeddedS3 start() {
      try {
        EmbeddedS3 s3 = EmbeddedS3.start(Files.createTempDirectory("kedge-store"));
        Runtime.getRuntime().addShutdownHook(new Thread(s3::close));
        return s3;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
