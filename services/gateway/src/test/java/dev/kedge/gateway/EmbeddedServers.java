package dev.kedge.gateway;

import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.embedded.EmbeddedTemporal;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A store and a Temporal server for the gateway under test. */
public final class EmbeddedServers implements QuarkusTestResourceLifecycleManager {
  private EmbeddedS3 s3;
  private EmbeddedTemporal temporal;

  @Override
  public Map<String, String> start() {
    Path folder = folder();
    s3 = EmbeddedS3.start(folder.resolve("s3"));
    temporal = EmbeddedTemporal.start();
    return Map.of(
        "kedge.s3.endpoint", s3.endpoint().toString(),
        "kedge.s3.access-key", s3.credentials().accessKey(),
        "kedge.s3.secret-key", s3.credentials().secretKey(),
        "kedge.s3.cache-directory", folder.resolve("cache").toString(),
        "kedge.temporal.address", temporal.address(),
        "kedge.gateway.operation-timeout", "2s",
        "kedge.gateway.upload-patience", "1s",
        "kedge.gateway.watch-interval", "50ms",
        "quarkus.http.test-port", "0");
  }

  @Override
  public void stop() {
    temporal.close();
    s3.close();
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(Path.of("target"), "gateway-test").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
