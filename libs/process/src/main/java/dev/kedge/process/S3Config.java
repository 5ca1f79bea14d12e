package dev.kedge.process;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The object store, and this node's copies of what is in it. */
@ConfigMapping(prefix = "kedge.s3")
public interface S3Config {
  /** Base address, for example {@code http://127.0.0.1:9000}. */
  URI endpoint();

  /** The one bucket that everything lies in; made where it is missing. */
  @WithDefault("kedge")
  String bucket();

  /** Name of the key pair. */
  String accessKey();

  /** What requests are signed with. */
  String secretKey();

  /** Region that requests are signed for. */
  @WithDefault("us-east-1")
  String region();

  /**
   * PEM file of the authorities that sign the store's certificate; by default those of the JDK. One
   * that is renewed is taken up within a minute.
   */
  Optional<Path> authority();

  /** Folder of verified copies; by default under the system's temporary folder. */
  Optional<Path> cacheDirectory();

  /** Copies beyond this sum are thrown out, the least recently used first. */
  @WithDefault("20G")
  MemorySize cacheSize();
}
