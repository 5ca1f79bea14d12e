package dev.kedge.report.page;

import static java.util.stream.Collectors.joining;

import dev.kedge.v1.Comparison;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything that the page shows, as finished text.
 *
 * @param recommended the recommended point; empty where nothing could choose
 */
public record PageView(
    Report report,
    Plane plane,
    Optional<Headline> recommended,
    List<FrontierChart> charts,
    List<Legend> legend,
    List<PointRow> rows,
    Optional<OverlapTable> overlap,
    List<SuiteTable> suites,
    List<ClassTable> classes,
    List<ImportanceMap> importances,
    String hypervolume,
    Map<String, String> lineage) {

  /** The recommended point in numbers. */
  public record Headline(String label, Cell speciality, Cell generality, String comparison) {}

  /** A method and its colour. */
  public record Legend(String method, String colour) {}

  static PageView of(Report report) {
    Colours colours = Colours.of(report);
    Plane plane = Plane.of(report);
    return new PageView(
        report,
        plane,
        recommended(report).map(point -> headline(report, point, plane)),
        ChartLayout.of(report, colours),
        colours.methods().stream().map(m -> new Legend(m, colours.of(m))).toList(),
        report.getPointsList().stream().map(point -> PointRow.of(point, plane, colours)).toList(),
        OverlapTable.of(report, plane),
        SuiteTable.of(report),
        ClassTable.of(report),
        ImportanceMap.of(report.getImportancesList()),
        String.format(Locale.ROOT, "%.3f", report.getHypervolume()),
        new TreeMap<>(report.getLineageMap()));
  }

  private static Optional<TradeOffPoint> recommended(Report report) {
    Optional<TradeOffPoint> point =
        report.getPointsList().stream().filter(TradeOffPoint::getRecommended).findFirst();
    if (point.isEmpty() && !report.getRecommended().isEmpty()) {
      throw new IllegalArgumentException(
          "the recommended point '" + report.getRecommended() + "' is not there");
    }
    return point;
  }

  private static Headline headline(Report report, TradeOffPoint point, Plane plane) {
    return new Headline(
        point.getLabel(),
        headline(plane.speciality(), point.hasSpeciality(), point.getSpeciality()),
        headline(plane.generality(), point.hasGenerality(), point.getGenerality()),
        against("the base", plane, point.hasAgainstBase(), point.getAgainstBase())
            + against(
                report.getReference(),
                plane,
                point.hasAgainstReference(),
                point.getAgainstReference()));
  }

  private static Cell headline(Figures figures, boolean present, Estimate estimate) {
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
}
