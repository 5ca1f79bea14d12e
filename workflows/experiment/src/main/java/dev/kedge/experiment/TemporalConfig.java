package dev.kedge.experiment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Where Temporal is. */
@ConfigMapping(prefix = "kedge.temporal")
public interface TemporalConfig {
  /** {@code HOST:PORT} of its front end. */
  @WithDefault("127.0.0.1:7233")
  String address();

  /** The namespace that the experiments run in. */
  @WithDefault("default")
  String namespace();

  /**
   * File with the keys that arguments, results and errors are encrypted with before Temporal gets
   * them; by default they are not. The same in all processes.
   */
  Optional<Path> payloadKeys();

  /** How it is spoken to. */
  Tls tls();

  /** Encryption of the connection. */
  interface Tls {
    /** Whether there is any. */
    @WithDefault("false")
    boolean enabled();

    /**
     * PEM file of the authorities that sign Temporal's certificate; by default those of the JDK.
     */
    Optional<Path> authority();

    /** PEM file of the certificate that this process shows, where Temporal asks for one. */
    Optional<Path> certificate();

    /** PEM file of its private key, in PKCS 8. */
    Optional<Path> key();
  }
}
