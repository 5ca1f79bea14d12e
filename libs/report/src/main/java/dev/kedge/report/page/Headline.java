package dev.kedge.report.page;

import static java.util.stream.Collectors.joining;

import dev.kedge.v1.Comparison;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.SuiteFlips;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The recommended point in numbers.
 *
 * @param comparison against the base and the reference, in words
 * @param flips how many samples went wrong and came right, in words; may be empty
 */
public record Headline(
    String label, Cell speciality, Cell generality, String comparison, String flips) {

  static Headline of(Report report, TradeOffPoint point, Plane plane) {
    return new Headline(
        point.getLabel(),
        cell(plane.speciality(), point.hasSpeciality(), point.getSpeciality()),
        cell(plane.generality(), point.hasGenerality(), point.getGenerality()),
        against("the base", plane, point.hasAgainstBase(), point.getAgainstBase())
            + against(
                report.getReference(),
                plane,
                point.hasAgainstReference(),
                point.getAgainstReference()),
        flips(report, point));
  }

  static Cell cell(Figures figures, boolean present, Estimate estimate) {
    Cell cell = Cell.value(figures, present, estimate);
    return present
        ? new Cell(figures.valueWithUnit(estimate.getValue()), cell.range(), false)
        : cell;
  }

  private static String against(String other, Plane plane, boolean present, Comparison comparison) {
    if (!present) {
      return "";
    }
    String parts =
        Stream.of(
                part(
                    "speciality",
                    plane.speciality(),
                    comparison.hasSpeciality(),
                    comparison.getSpeciality()),
                part(
                    "generality",
                    plane.generality(),
                    comparison.hasGenerality(),
                    comparison.getGenerality()))
            .flatMap(Optional::stream)
            .collect(joining(", "));
    return "Against %s: %s. ".formatted(other, parts);
  }

  private static Optional<String> part(
      String measure, Figures figures, boolean present, Estimate difference) {
    return present
        ? Optional.of(
            "%s %s %s"
                .formatted(
                    measure, figures.difference(difference.getValue()), figures.differenceUnit()))
        : Optional.empty();
  }

  /** REPORT data alone, and only where samples are right or wrong. */
  private static String flips(Report report, TradeOffPoint point) {
    String parts =
        Stream.of(
                flips(report, point, "SPECIALITY", "on the new task"),
                flips(report, point, "GENERALITY", "on everything else"))
            .flatMap(Optional::stream)
            .collect(joining("; "));
    return parts.isEmpty() ? "" : "Sample by sample against the base: %s.".formatted(parts);
  }

  private static Optional<String> flips(
      Report report, TradeOffPoint point, String role, String where) {
    int samples = 0;
    int lost = 0;
    int gained = 0;
    for (SuiteFlips flips : report.getFlipsList()) {
      SuiteScore suite = SuiteTable.score(point, flips.getSuite());
      if (suite.getRole().equals(role)
          && suite.getUse().equals("REPORT")
          && suite.getTestsCount() > 0) {
        samples += suite.getSamples();
        lost += flips.getLost();
        gained += flips.getGained();
      }
    }
    return samples == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s %,d of %,d went from right to wrong, %,d from wrong to right",
                where,
                lost,
                samples,
                gained));
  }
}
