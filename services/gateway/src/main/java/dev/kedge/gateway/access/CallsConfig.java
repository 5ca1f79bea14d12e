package dev.kedge.gateway.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How often each caller may call. The defaults are no bound to whoever works here: pages and {@code
 * kedge watch} ask a few times a second, and an upload of many small files, one call each, is
 * slower. They keep a loop gone wild, or somebody with a stolen token, from taking the gateway from
 * all others.
 */
@ConfigMapping(prefix = "kedge.calls")
public interface CallsConfig {
  /** Calls a second, as an average; 0 for any number. */
  @WithDefault("200")
  int perSecond();

  /** Calls at once, after a time without. */
  @WithDefault("2000")
  int burst();
}
