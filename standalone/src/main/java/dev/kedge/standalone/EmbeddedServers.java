package dev.kedge.standalone;

import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.embedded.EmbeddedTemporal;
import dev.kedge.embedded.S3Credentials;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The servers that the platform stands on: embedded ones, or real ones where {@code
 * KEDGE_TEMPORAL_ADDRESS} or {@code KEDGE_S3_ENDPOINT} point to them.
 *
 * <p>What is started is told to the configuration as system properties, which win over files.
 */
final class EmbeddedServers {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private EmbeddedServers() {}

  /**
   * @param state folder for the store's objects; kept between runs
   */
  static EmbeddedServers start(Path state) {
    var servers = new EmbeddedServers();
    if (System.getenv("KEDGE_S3_ENDPOINT") == null) {
      servers.startS3(state.resolve("s3"));
    }
    if (System.getenv("KEDGE_TEMPORAL_ADDRESS") == null) {
      servers.startTemporal();
    }
    System.setProperty("kedge.s3.cache-directory", state.resolve("cache").toString());
    System.setProperty("kedge.stage.scratch", state.resolve("scratch").toString());
    return servers;
  }

  private void startS3(Path directory) {
    // Anyone who could read these bytes could read the folder itself: the secret guards the port.
    EmbeddedS3 s3 = EmbeddedS3.start(directory, 0, S3Credentials.random());
    started.push(s3);
    System.setProperty("kedge.s3.endpoint", s3.endpoint().toString());
    System.setProperty("kedge.s3.access-key", s3.credentials().accessKey());
    System.setProperty("kedge.s3.secret-key", s3.credentials().secretKey());
  }

  private void startTemporal() {
    EmbeddedTemporal temporal = EmbeddedTemporal.start();
    started.push(temporal);
    System.setProperty("kedge.temporal.address", temporal.address());
  }

  void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        System.err.println("kedge: an embedded server did not stop: " + e.getMessage());
      }
    }
  }
}
