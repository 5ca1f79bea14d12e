package dev.kedge.cli.view;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times as people read them, in the local zone. */
final class Times {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private Times() {}

  static String date(Timestamp time) {
    return DATE.format(instant(time).atZone(ZoneId.systemDefault()));
  }

  static String time(Timestamp time) {
    return TIME.format(instant(time).atZone(ZoneId.systemDefault()));
  }

  /** For example {@code 7.3 s}, {@code 12 min 5 s} or {@code 3 h 12 min}. */
  static String seconds(double seconds) {
    Duration duration = Duration.ofMillis(Math.round(seconds * 1000));
    if (duration.toMinutes() < 1) {
      return "%.1f s".formatted(seconds);
    }
    return duration.toHours() < 1
        ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
