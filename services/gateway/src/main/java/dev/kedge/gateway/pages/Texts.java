package dev.kedge.gateway.pages;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.gateway.system.SystemChecks;
import dev.kedge.v1.CheckSystemResponse;
import dev.kedge.v1.SystemCheck;
import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Texts of values in templates. A browser that runs scripts turns times into its own zone. */
@TemplateExtension
final class Texts {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

  private Texts() {}

  /** For programs. */
  static String iso(Timestamp time) {
    return Timestamps.toString(time);
  }

  /** For people. */
  static String shown(Timestamp time) {
    return SHOWN.format(
        Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).atOffset(ZoneOffset.UTC));
  }

  /** Seconds for people, for example {@code 7.3 s}, {@code 12 min 5 s} or {@code 3 h 12 min}. */
  static String span(Double seconds) {
    Duration duration = Duration.ofMillis(Math.round(seconds * 1000));
    if (duration.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return duration.toHours() < 1
        ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
  }

  /** How a check came out, for people and style sheets. */
  static String word(SystemCheck check) {
    return check.getOutcome().name().toLowerCase(Locale.ROOT);
  }

  /** Whether what an orchestrator tells, 0 included, is so. */
  static boolean isAnsweredByOrchestrator(CheckSystemResponse found) {
    return found.getChecksList().stream()
        .filter(check -> check.getSubject().equals(SystemChecks.ORCHESTRATOR))
        .anyMatch(check -> check.getOutcome() == SystemCheck.Outcome.OK);
  }

  /** With thousands apart. */
  static String grouped(Number number) {
    return String.format(Locale.ROOT, "%,d", number.longValue());
  }

  /** A measurement: whole numbers with thousands apart, others with few figures. */
  static String figure(Double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? grouped(value) : Curve.text(value);
  }

  /** What a measurement is called. */
  static String words(String name) {
    return name.replace('_', ' ');
  }

  /** A digest without the name of its kind. */
  static String hex(String digest) {
    return digest.substring(digest.indexOf(':') + 1);
  }

  /**
   * A part of a resource's name.
   *
   * @param index counted from 0: in {@code projects/p/models/m/versions/1} the model's id is 3
   */
  static String part(String name, int index) {
    return name.split("/", -1)[index];
  }
}
