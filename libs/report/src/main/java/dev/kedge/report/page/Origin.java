package dev.kedge.report.page;

import com.google.protobuf.Timestamp;
import dev.kedge.v1.Report;
import dev.kedge.v1.ReportOrigin;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The experiment that a report answers.
 *
 * @param id what commands call it
 * @param launched when, in UTC
 * @param inputs models and data sets by name, and the digests that they stood for
 */
public record Origin(String experiment, String id, String launched, Map<String, String> inputs) {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  /** A report's; none where it is a stage's own file. */
  static Optional<Origin> of(Report report) {
    return report.hasOrigin() ? Optional.of(of(report.getOrigin())) : Optional.empty();
  }

  private static Origin of(ReportOrigin origin) {
    String name = origin.getExperiment();
    Timestamp launched = origin.getLaunchTime();
    return new Origin(
        name,
        name.substring(name.lastIndexOf('/') + 1),
        MINUTE.format(Instant.ofEpochSecond(launched.getSeconds())),
        new TreeMap<>(origin.getInputsMap()));
  }
}
