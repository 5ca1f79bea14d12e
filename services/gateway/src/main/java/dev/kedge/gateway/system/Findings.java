package dev.kedge.gateway.system;

import dev.kedge.v1.SystemCheck;
import dev.kedge.v1.SystemCheck.Outcome;

/** The three things that can be said of something. */
final class Findings {
  private Findings() {}

  static SystemCheck ok(String subject, String found) {
    return finding(subject, Outcome.OK, found, "");
  }

  static SystemCheck trouble(String subject, String found, String remedy) {
    return finding(subject, Outcome.TROUBLE, found, remedy);
  }

  static SystemCheck unknown(String subject, String why) {
    return finding(subject, Outcome.UNKNOWN, why, "");
  }

  private static SystemCheck finding(String subject, Outcome outcome, String found, String remedy) {
    return SystemCheck.newBuilder()
        .setSubject(subject)
        .setOutcome(outcome)
        .setFound(found)
        .setRemedy(remedy)
        .build();
  }
}
