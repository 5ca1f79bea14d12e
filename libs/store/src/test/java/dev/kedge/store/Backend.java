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
    S3Settings settings() {
      EmbeddedS3 s3 = started();
      return s3.access(BUCKET, S3Settings::of);
    }
  },

  /** There if the environment says where. */
  REAL {
    @Override
    S3Settings settings() {
      return S3Settings.of(
          URI.create(variable("KEDGE_TEST_S3_ENDPOINT")),
          BUCKET,
          variable("KEDGE_TEST_S3_ACCESS_KEY"),
          variable("KEDGE_TEST_S3_SECRET_KEY"));
    }
  };

  private static final String BUCKET = "kedge-contract";

  /** Where it is; skips the test, and says why, if it is not there. */
  abstract S3Settings settings();

  private static EmbeddedS3 started() {
    try {
      EmbeddedS3 s3 = EmbeddedS3.start(Files.createTempDirectory("kedge-store"));
      Runtime.getRuntime().addShutdownHook(new Thread(s3::close));
      return s3;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String variable(String name) {
    Optional<String> value = Optional.ofNullable(System.getenv(name));
    Assumptions.assumeTrue(value.isPresent(), "no real S3 server to try: " + name + " is not set");
    return value.get();
  }
}
