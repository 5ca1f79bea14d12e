package dev.kedge.gateway.system;

import dev.kedge.v1.SystemCheck;
import java.time.Duration;
import java.util.Locale;

/** Whether two clocks agree. */
final class Clocks {
  /** Signatures of requests are refused at a quarter of an hour; logs are confusing long before. */
  private static final Duration MOST = Duration.ofSeconds(30);

  private Clocks() {}

  /**
   * Compares one with the gateway's.
   *
   * @param ahead by how much it is ahead
   */
  static SystemCheck check(String subject, String whose, Duration ahead) {
    String found =
        String.format(
            Locale.ROOT, "%s is %.0f s off the gateway's", whose, Math.abs(ahead.toMillis()) / 1e3);
    return ahead.abs().compareTo(MOST) <= 0
        ? Findings.ok(subject, found)
        : Findings.trouble(
            subject, found, "set both machines by the same time servers (NTP or chrony)");
  }
}
