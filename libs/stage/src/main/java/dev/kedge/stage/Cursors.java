package dev.kedge.stage;

import java.util.Locale;
import java.util.regex.Pattern;

/** Positions in a stage's events, {@code EPOCH-SEQUENCE}; their text sorts as they do. */
final class Cursors {
  private static final Pattern CURSOR = Pattern.compile("(\\d{10}-\\d{10})?");
  private static final long GREATEST_SEQUENCE = 9_999_999_999L;

  private Cursors() {}

  static String of(long epoch, long sequence) {
    return String.format(Locale.ROOT, "%010d-%010d", epoch, sequence);
  }

  /** Before every event of an epoch and after all of the epochs before. */
  static String before(long epoch) {
    return of(epoch - 1, GREATEST_SEQUENCE);
  }

  static String require(String cursor) {
    if (!CURSOR.matcher(cursor).matches()) {
      throw StageException.user(
          "BAD_CURSOR", "'%s' is no cursor: send one of an event, or none".formatted(cursor));
    }
    return cursor;
  }

  static long sequence(String cursor) {
    return Long.parseLong(cursor.substring(cursor.indexOf('-') + 1));
  }
}
