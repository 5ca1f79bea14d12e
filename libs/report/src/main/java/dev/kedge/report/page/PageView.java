package dev.kedge.report.page;

import dev.kedge.report.Role;
import dev.kedge.report.Use;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that the page shows, as finished text.
 *
 * @param pointsPath where the pages of single points are; empty where there are none
 * @param minor how many points the tables of a document do without
 * @param recommended the recommended point; empty where nothing could choose
 */
public record PageView(
    Report report,
    Plane plane,
    String pointsPath,
    int minor,
    Optional<Headline> recommended,
    List<FrontierChart> charts,
    List<Legend> legend,
    List<PointRow> rows,
    Optional<OverlapTable> overlap,
    List<SuiteTable> suites,
    List<ClassTable> classes,
    List<FlipTable> flips,
    List<MatchedTable> matched,
    List<ChoiceRow> choices,
    RobustnessTable robustness,
    List<SearchTable> searches,
    List<ImportanceMap> importances,
    String hypervolume,
    Optional<Origin> origin,
    Map<String, String> lineage) {
  private static final int FIRST_NOTES = 5;

  /** Whether the picture shows the intervals of every point. */
  public boolean allCrossed() {
    return charts.stream().allMatch(FrontierChart::crossed);
  }

  /** Where a point has a page of its own; empty where there are none. */
  public String path(String label) {
    return pointsPath.isEmpty()
        ? ""
        : pointsPath + "?label=" + URLEncoder.encode(label, StandardCharsets.UTF_8);
  }

  /** The notes that everybody reads. */
  public List<String> firstNotes() {
    return report.getNotesList().subList(0, Math.min(FIRST_NOTES, report.getNotesCount()));
  }

  /** The notes behind them. */
  public List<String> furtherNotes() {
    return report.getNotesList().subList(firstNotes().size(), report.getNotesCount());
  }

  /** What the stages of each kind took, in words; empty in reports of old. */
  public String costs() {
    return report.getCostsList().stream()
        .map(
            cost ->
                String.format(
                    Locale.ROOT,
                    "%s %,.0f s (%,d %s)",
                    cost.getKind(),
                    cost.getComputeSeconds(),
                    cost.getStages(),
                    cost.getStages() == 1 ? "stage" : "stages"))
        .collect(Collectors.joining(", "));
  }

  /** What the points are compared with beside the base, in words. */
  public String reference() {
    return report.getReference().isEmpty() ? "the reference" : report.getReference();
  }

  /** What the chosen points are compared with beside the base, in words. */
  public String chosenReference() {
    return report.getChosenReference().isEmpty() ? reference() : report.getChosenReference();
  }

  /** Whether there is SELECT data of both roles, by which the points of a curve were chosen. */
  public boolean choosing() {
    Set<String> roles =
        report.getPoints(0).getSuitesList().stream()
            .filter(suite -> suite.getUse().equals(Use.SELECT.name()))
            .map(SuiteScore::getRole)
            .collect(Collectors.toSet());
    return roles.size() == Role.values().length;
  }

  /** A method and its colour. */
  public record Legend(String method, String colour) {}

  static PageView of(Report report, boolean all) {
    return of(report, all, "");
  }

  static PageView of(Report report, boolean all, String pointsPath) {
    ShownPoints shown = new ShownPoints(report, all);
    Colours colours = Colours.of(report);
    Plane plane = Plane.of(report);
    return new PageView(
        report,
        plane,
        pointsPath,
        shown.minor(),
        recommended(report).map(point -> Headline.of(report, point, plane)),
        ChartLayout.of(report, colours),
        colours.methods().stream().map(m -> new Legend(m, colours.of(m))).toList(),
        report.getPointsList().stream().map(point -> PointRow.of(point, plane, colours)).toList(),
        OverlapTable.of(report, plane, shown),
        SuiteTable.of(report, shown),
        ClassTable.of(report),
        FlipTable.of(report),
        MatchedTable.of(report, plane),
        ChoiceRow.of(report, plane),
        RobustnessTable.of(report, shown),
        SearchTable.of(report),
        ImportanceMap.of(report.getImportancesList()),
        hypervolume(report),
        Origin.of(report),
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

  /** For example {@code 0.712 (0.690–0.731)}; reports of old have no interval. */
  private static String hypervolume(Report report) {
    String value = String.format(Locale.ROOT, "%.3f", report.getHypervolume());
    Estimate interval = report.getHypervolumeInterval();
    return report.hasHypervolumeInterval()
        ? String.format(
            Locale.ROOT, "%s (%.3f\u2013%.3f)", value, interval.getLow(), interval.getHigh())
        : value;
  }
}
