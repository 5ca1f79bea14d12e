package dev.kedge.report.page;

import dev.kedge.v1.Comparison;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that the page shows, as finished text. */
public record PageView(
    Report report,
    Headline headline,
    List<FrontierChart> charts,
    List<Legend> legend,
    List<PointRow> rows,
    List<SuiteTable> suites,
    List<ClassTable> classes,
    String hypervolume,
    Map<String, String> lineage) {

  /** The recommended point in numbers. */
  public record Headline(String label, Cell speciality, Cell generality, String comparison) {}

  /** A method and its colour. */
  public record Legend(String method, String colour) {}

  static PageView of(Report report) {
    Colours colours = Colours.of(report);
    return new PageView(
        report,
        headline(report),
        ChartLayout.of(report, colours),
        colours.methods().stream().map(m -> new Legend(m, colours.of(m))).toList(),
        report.getPointsList().stream().map(point -> PointRow.of(point, colours)).toList(),
        SuiteTable.of(report),
        ClassTable.of(report),
        String.format(Locale.ROOT, "%.3f", report.getHypervolume()),
        new TreeMap<>(report.getLineageMap()));
  }

  private static Headline headline(Report report) {
    TradeOffPoint point =
        report.getPointsList().stream()
            .filter(TradeOffPoint::getRecommended)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the recommended point '" + report.getRecommended() + "' is not there"));
    return new Headline(
        point.getLabel(),
        Cell.share(point.hasSpeciality(), point.getSpeciality()),
        Cell.share(point.hasGenerality(), point.getGenerality()),
        against("the base", point.hasAgainstBase(), point.getAgainstBase())
            + against(
                report.getReference(), point.hasAgainstReference(), point.getAgainstReference()));
  }

  private static String against(String other, boolean present, Comparison comparison) {
    if (!present) {
      return "";
    }
    return "Against %s: %s%s. "
        .formatted(
            other,
            part("speciality", comparison.hasSpeciality(), comparison.getSpeciality().getValue())
                .orElse(""),
            part("generality", comparison.hasGenerality(), comparison.getGenerality().getValue())
                .map(text -> comparison.hasSpeciality() ? ", " + text : text)
                .orElse(""));
  }

  private static Optional<String> part(String measure, boolean present, double difference) {
    return present
        ? Optional.of(measure + " " + Percent.points(difference) + " points")
        : Optional.empty();
  }
}
