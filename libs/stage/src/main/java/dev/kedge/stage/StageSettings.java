package dev.kedge.stage;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a process runs stages.
 *
 * @param slots stages that compute at once
 * @param leaseTtl a lease not renewed for so long may be taken over
 * @param callerGrace how long a stage goes on after its last caller vanished; twice as long after
 *     somebody asked for it at another process
 * @param storePatience how long finished work waits for a store that is out of reach
 * @param stopPatience how long a process that goes down waits for its stages to save
 * @param scratch where stages get their private folders
 * @param holder this process's name in leases and lineage
 * @param version Kedge's version, for lineage
 */
public record StageSettings(
    int slots,
    Duration leaseTtl,
    Duration callerGrace,
    Duration storePatience,
    Duration stopPatience,
    Path scratch,
    String holder,
    String version) {
  /** Refuses what could not work. */
  public StageSettings {
    if (slots < 1) {
      throw new IllegalArgumentException(
          "kedge.stage.slots is %d: give it 1 or more".formatted(slots));
    }
    if (leaseTtl.isNegative() || leaseTtl.isZero()) {
      throw new IllegalArgumentException(
          "kedge.stage.lease-ttl is %s: give it some seconds".formatted(leaseTtl));
    }
  }

  /** Pause between two renewals of a lease: two may fail before it expires. */
  Duration renewEvery() {
    return leaseTtl.dividedBy(3);
  }
}
