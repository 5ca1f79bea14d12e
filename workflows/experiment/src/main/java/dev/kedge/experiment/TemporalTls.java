package dev.kedge.experiment;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An encrypted connection to Temporal. The files are looked at now and then: certificates that were
 * renewed are shown, and believed, by the connections that are made from then on.
 */
final class TemporalTls {
  /** The least that gRPC has. */
  private static final long LOOK_AGAIN_MINUTES = 1;

  /** A connection that takes up an earlier session would go by its certificates. */
  private static final long REMEMBERED_SECONDS = 1;

  private final TemporalConfig.Tls config;
  private final ScheduledExecutorService clock;

  TemporalTls(TemporalConfig.Tls config) {
    this(config, Executors.newSingleThreadScheduledExecutor(TemporalTls::daemon));
  }

  /**
   * As above.
   *
   * @param clock has the files looked at
   */
  TemporalTls(TemporalConfig.Tls config, ScheduledExecutorService clock) {
    this.config = config;
    this.clock = clock;
    if (config.certificate().isPresent() != config.key().isPresent()) {
      throw new IllegalStateException(
          "kedge.temporal.tls.certificate and .key belong together: set both, or neither");
    }
  }

  /**
   * What connections are made with.
   *
   * @throws IllegalStateException if a file cannot be read, naming the setting
   */
  SslContext context() {
    SslContextBuilder builder =
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
            .sessionTimeout(REMEMBERED_SECONDS);
    config.authority().ifPresent(file -> builder.trustManager(trust(file)));
    config.certificate().ifPresent(file -> builder.keyManager(shown(file, config.key().get())));
    try {
      return builder.build();
    } catch (IOException e) {
      throw new IllegalStateException("TLS to Temporal cannot be set up", e);
    }
  }

  private AdvancedTlsX509TrustManager trust(Path authority) {
    try {
      AdvancedTlsX509TrustManager manager = AdvancedTlsX509TrustManager.newBuilder().build();
      manager.updateTrustCredentials(
          authority.toFile(), LOOK_AGAIN_MINUTES, TimeUnit.MINUTES, clock);
      return manager;
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable("authority", authority, e);
    }
  }

  private AdvancedTlsX509KeyManager shown(Path certificate, Path key) {
    try {
      AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
      manager.updateIdentityCredentials(
          certificate.toFile(), key.toFile(), LOOK_AGAIN_MINUTES, TimeUnit.MINUTES, clock);
      return manager;
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable("certificate", certificate, e);
    }
  }

  private static IllegalStateException unreadable(String setting, Path file, Exception why) {
    return new IllegalStateException(
        "kedge.temporal.tls.%s is %s, which cannot be read: name PEM files (a key in PKCS 8): %s"
            .formatted(setting, file, why.getMessage()),
        why);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "kedge-temporal-certificates");
    thread.setDaemon(true);
    return thread;
  }
}
