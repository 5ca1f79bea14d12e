package dev.kedge.gateway.experiments;

import java.security.SecureRandom;
import java.time.Instant;

/** Ids whose order is that of launches, the newest first: so lists page without sorting. */
final class ExperimentIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** 11 hexadecimal digits of milliseconds reach beyond the year 2500. */
  private static final long END_OF_TIME = (1L << 44) - 1;

  private ExperimentIds() {}

  /** A new id, 16 hexadecimal digits after an {@code e}. */
  static String at(Instant moment) {
    return "e%011x%05x".formatted(END_OF_TIME - moment.toEpochMilli(), RANDOM.nextInt(1 << 20));
  }
}
