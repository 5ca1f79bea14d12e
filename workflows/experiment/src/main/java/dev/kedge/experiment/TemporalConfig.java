package dev.kedge.experiment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where Temporal is. */
@ConfigMapping(prefix = "kedge.temporal")
public interface TemporalConfig {
  /** {@code HOST:PORT} of its front end. */
  @WithDefault("127.0.0.1:7233")
  String address();

  /** The namespace that the experiments run in. */
  @WithDefault("default")
  String namespace();
}
