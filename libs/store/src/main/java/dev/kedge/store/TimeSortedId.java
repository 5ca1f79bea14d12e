package dev.kedge.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Identifiers that sort by the time they were made: 48 bits of milliseconds since 1970 and 64
 * random bits, as 28 hexadecimal digits.
 */
public final class TimeSortedId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int TIME_DIGITS = 12;

  private TimeSortedId() {}

  /** A new one for a moment. */
  public static String at(Instant moment) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(moment.toEpochMilli(), TIME_DIGITS) + hex.toHexDigits(RANDOM.nextLong());
  }
}
