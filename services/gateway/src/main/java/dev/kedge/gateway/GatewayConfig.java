package dev.kedge.gateway;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** How the gateway behaves. */
@ConfigMapping(prefix = "kedge.gateway")
public interface GatewayConfig {
  /** How often a watched experiment is looked at. */
  @WithDefault("500ms")
  Duration watchInterval();

  /** How long an operator's call waits for the orchestrator. */
  @WithDefault("30s")
  Duration operationTimeout();

  /** How long the next piece of an upload is waited for. */
  @WithDefault("2m")
  Duration uploadPatience();

  /** Largest file that is uploaded. */
  @WithDefault("100G")
  MemorySize largestUpload();

  /** How many files may be on their way into the gateway at once. */
  @WithDefault("256")
  int uploadsAtOnce();

  /** Beginnings of the keys of the platform's bucket from which data sets may be imported. */
  @WithDefault("incoming/")
  List<String> importPrefixes();

  /** Largest file that is fetched from an address on the web. */
  @WithDefault("100G")
  MemorySize largestFetchedFile();

  /** Most bytes of all files together that one import fetches from the web. */
  @WithDefault("1T")
  MemorySize largestFetchedImport();

  /** Longest that one import may take to fetch its files from the web. */
  @WithDefault("24h")
  Duration longestFetch();

  /**
   * Least bytes a second that must come from a server on the web, as an average of the time that it
   * is waited for; looked at every minute of it.
   */
  @WithDefault("10K")
  MemorySize slowestFetch();

  /**
   * Whether files are fetched from addresses of private networks too: whoever may import could then
   * ask for what only the gateway can reach.
   */
  @WithDefault("false")
  boolean fetchFromPrivateNetworks();

  /** Ports of servers on the web from which files are fetched. */
  @WithDefault("80,443")
  Set<Integer> fetchPorts();
}
