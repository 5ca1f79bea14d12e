package dev.kedge.process;

import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509TrustManager;

/**
 * Who signs the store's certificate. The file is looked at now and then: one that was renewed is
 * believed by the connections that are made from then on.
 */
final class StoreAuthority {
  /** The least that gRPC has. */
  private static final long LOOK_AGAIN_MINUTES = 1;

  private StoreAuthority() {}

  /**
   * Reads it.
   *
   * @throws IllegalStateException if it cannot be read, naming the setting
   */
  static X509TrustManager of(Path file) {
    return of(file, Executors.newSingleThreadScheduledExecutor(StoreAuthority::daemon));
  }

  /**
   * As above.
   *
   * @param clock has the file looked at, as long as the process lives
   */
  static X509TrustManager of(Path file, ScheduledExecutorService clock) {
    try {
      AdvancedTlsX509TrustManager manager = AdvancedTlsX509TrustManager.newBuilder().build();
      Closeable unused =
          manager.updateTrustCredentials(
              file.toFile(), LOOK_AGAIN_MINUTES, TimeUnit.MINUTES, clock);
      return manager;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "kedge.s3.authority is %s, which cannot be read: name a PEM file of certificates: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "kedge-store-authority");
    thread.setDaemon(true);
    return thread;
  }
}
