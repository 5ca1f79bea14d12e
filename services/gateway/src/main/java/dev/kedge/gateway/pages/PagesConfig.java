package dev.kedge.gateway.pages;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How the dashboard is reached. */
@ConfigMapping(prefix = "kedge.pages")
public interface PagesConfig {
  /** Whether there is a dashboard. */
  @WithDefault("true")
  boolean enabled();

  /**
   * Names by which browsers reach it, beside {@code localhost} and any address: under another one a
   * page of somebody else's could have its name lead here.
   */
  Optional<Set<String>> hosts();

  /** How often an open page is brought up to date. */
  @WithDefault("1s")
  Duration refresh();

  /**
   * How long an open page is kept up to date before its browser has to ask again. Who asks, and
   * what they may see, is judged when they ask.
   */
  @WithDefault("5m")
  Duration recheck();

  /** Most pages that are kept up to date at once; further ones are as of when they were opened. */
  @WithDefault("200")
  int live();
}
