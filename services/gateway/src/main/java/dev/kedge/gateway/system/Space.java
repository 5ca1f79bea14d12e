package dev.kedge.gateway.system;

import dev.kedge.v1.SystemCheck;

/** Whether enough is free on a disk. */
final class Space {
  private static final long GIGABYTE = 1_000_000_000;
  private static final long LEAST = 2 * GIGABYTE;

  private Space() {}

  static SystemCheck check(String subject, long freeBytes) {
    String found = "%.1f GB are free".formatted((double) freeBytes / GIGABYTE);
    return freeBytes >= LEAST
        ? Findings.ok(subject, found)
        : Findings.trouble(
            subject, found, "make room, or point its folder to a larger disk (docs/settings.md)");
  }
}
