package dev.kedge.cli.view;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.kedge.v1.AverageComparison;
import dev.kedge.v1.Comparison;
import dev.kedge.v1.MatchedComparison;
import dev.kedge.v1.MethodChoice;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The trade-off with 95% intervals, in percent or in bits per byte. */
public final class ReportTable {
  private final Report report;
  private final List<TradeOffPoint> shown;
  private final Figures speciality;
  private final Figures generality;
  private final Paint paint;

  private ReportTable(Report report, boolean all, Paint paint) {
    this.report = report;
    this.paint = paint;
    shown = report.getPointsList().stream().filter(point -> all || !point.getMinor()).toList();
    speciality = Figures.of(report.getSpecialityScale());
    generality = Figures.of(report.getGeneralityScale());
  }

  /**
   * The table, the rule that chose, the recommended checkpoint and what a reader must know.
   *
   * @param all minor points too
   */
  public static String of(Report report, boolean all) {
    return of(report, all, Paint.NONE);
  }

  /** The same in colours: what is recommended, and what lies on the frontier. */
  public static String of(Report report, boolean all, Paint paint) {
    return new ReportTable(report, all, paint).text();
  }

  private String text() {
    String title = report.getTitle().isEmpty() ? "" : Visible.line(report.getTitle()) + "\n\n";
    return (title + painted(points()) + "\n" + Visible.text(below())).stripTrailing();
  }

  private String below() {
    var text = new StringBuilder();
    int others = report.getPointsCount() - shown.size();
    if (others > 0) {
      text.append("and %s behind the frontier: --all\n".formatted(Counts.of(others, "average")));
    }
    text.append('\n');
    if (report.getMatchedCount() > 0) {
      Table table =
          matched("AT THE SAME SPECIALITY", report.getReference(), report.getMatchedList());
      text.append(table).append("\n\n");
    }
    for (AverageComparison average : report.getAveragesList()) {
      String label = average.getLabel();
      Table table = matched("BESIDE " + label, label, average.getMethodsList());
      text.append(table).append("\n\n");
    }
    if (report.getChoicesCount() > 0) {
      text.append(choices()).append("\n\n");
    }
    legend().forEach(line -> text.append(line).append('\n'));
    report.getNotesList().forEach(note -> text.append("-  ").append(note).append('\n'));
    if (!report.getRecommendedCheckpoint().isEmpty()) {
      text.append("\nkedge export %s DIR".formatted(shortName(report.getRecommendedCheckpoint())));
    }
    return text.toString();
  }

  private Stream<String> legend() {
    return Stream.of(
            line("↑  more is better", any(Figures.PERCENT)),
            line("↓  less is better", any(Figures.BITS)),
            line(
                "*  on the frontier: no other point is better in one and as good in the other",
                true),
            line(
                "†  differs at 5%, after Holm's correction over its table",
                shown.stream()
                        .anyMatch(
                            point -> holds(point.getAgainstBase(), point.getAgainstReference()))
                    || report.getChoicesList().stream()
                        .anyMatch(one -> holds(one.getAgainstBase(), one.getAgainstReference()))
                    || allMatched().anyMatch(one -> Figures.holds(one.getTest()))),
            line(
                "AT THE SAME SPECIALITY: each method's curve beside %s's, where %1$s is or the method's best if that is less"
                    .formatted(report.getReference()),
                report.getMatchedCount() > 0),
            line(
                "BESIDE: each method's curve and the average's, with equally many points to choose from, at the most speciality that both reach",
                report.getAveragesCount() > 0),
            line(
                "AS SELECT DATA CHOOSES: what the rule below would choose of each method if there were no other",
                report.getChoicesCount() > 0),
            line(
                "Results without the samples that tests share with other data: --html, --format markdown or json",
                report.hasWithoutOverlap()),
            line("←  recommended: " + report.getRule(), !report.getRecommended().isEmpty()),
            line("-  " + report.getRule(), report.getRecommended().isEmpty()),
            line(
                "α  weights the fine-tuned model: 0 is the base, 1 the fine-tuned model",
                shown.stream().anyMatch(TradeOffPoint::hasAlpha)))
        .flatMap(lines -> lines);
  }

  private Stream<MatchedComparison> allMatched() {
    return Stream.concat(
        report.getMatchedList().stream(),
        report.getAveragesList().stream().flatMap(one -> one.getMethodsList().stream()));
  }

  private static Stream<String> line(String text, boolean needed) {
    return needed ? Stream.of(text) : Stream.empty();
  }

  private boolean any(Figures figures) {
    return speciality == figures || generality == figures;
  }

  private Table points() {
    Table table = table("POINT", reference(), ">COMPUTE");
    shown.forEach(point -> table.row(cells(point)));
    return table;
  }

  /** Its first line has the columns' names, and each other one a point. */
  private String painted(Table table) {
    List<String> lines = table.toString().lines().toList();
    return IntStream.range(0, lines.size())
        .mapToObj(
            line ->
                line == 0
                    ? paint.strong(lines.get(line))
                    : painted(shown.get(line - 1), lines.get(line)))
        .collect(joining("\n"));
  }

  private String painted(TradeOffPoint point, String line) {
    if (point.getRecommended()) {
      return paint.good(line);
    }
    return point.getOnFrontier() ? paint.strong(line) : line;
  }

  private String reference() {
    return report.getReference().isEmpty() ? "reference" : report.getReference();
  }

  /** A table of points. */
  private Table table(String first, String reference, String number) {
    return new Table(
        first,
        ">SPECIALITY " + speciality.unit(),
        ">GENERALITY " + generality.unit(),
        ">Δ base: SPEC. ",
        ">GEN. ",
        ">Δ %s: SPEC. ".formatted(reference),
        ">GEN. ",
        number,
        "");
  }

  /** The primary comparison: methods beside something else at the same speciality. */
  private Table matched(String first, String other, List<MatchedComparison> compared) {
    var table =
        new Table(
            first,
            ">SPECIALITY " + speciality.unit(),
            ">GENERALITY " + generality.unit(),
            ">%s THERE".formatted(other),
            ">Δ GENERALITY ");
    for (MatchedComparison one : compared) {
      table.row(
          one.getLabel(),
          speciality.value(true, one.getSpeciality()),
          generality.value(true, one.getGenerality()),
          generality.value(true, one.getReferenceGenerality()),
          generality.difference(true, one.getDifference(), true, one.getTest()));
    }
    return table;
  }

  /** What SELECT data chooses of each method. */
  private Table choices() {
    Map<String, TradeOffPoint> points =
        report.getPointsList().stream().collect(toMap(TradeOffPoint::getLabel, point -> point));
    String reference = report.getChosenReference();
    Table table =
        table(
            "AS SELECT DATA CHOOSES", reference.isEmpty() ? reference() : reference, ">OF POINTS");
    for (MethodChoice choice : report.getChoicesList()) {
      TradeOffPoint point = points.get(choice.getPoint());
      table.row(
          cells(
              point,
              choice.getAgainstBase(),
              choice.getAgainstReference(),
              String.valueOf(choice.getCandidates()),
              point.getRecommended() ? "←" : ""));
    }
    return table;
  }

  private String[] cells(TradeOffPoint point) {
    return cells(
        point,
        point.getAgainstBase(),
        point.getAgainstReference(),
        Times.seconds(point.getComputeSeconds()),
        (point.getOnFrontier() ? "*" : " ") + (point.getRecommended() ? " ←" : ""));
  }

  private String[] cells(
      TradeOffPoint point, Comparison base, Comparison reference, String number, String marks) {
    return new String[] {
      name(point),
      speciality.value(point.hasSpeciality(), point.getSpeciality()),
      generality.value(point.hasGenerality(), point.getGenerality()),
      speciality(base),
      generality(base),
      speciality(reference),
      generality(reference),
      number,
      marks
    };
  }

  private String speciality(Comparison comparison) {
    return speciality.difference(
        comparison.hasSpeciality(),
        comparison.getSpeciality(),
        comparison.hasSpecialityTest(),
        comparison.getSpecialityTest());
  }

  private String generality(Comparison comparison) {
    return generality.difference(
        comparison.hasGenerality(),
        comparison.getGenerality(),
        comparison.hasGeneralityTest(),
        comparison.getGeneralityTest());
  }

  private static boolean holds(Comparison base, Comparison reference) {
    return Stream.of(base, reference)
        .anyMatch(
            comparison ->
                (comparison.hasSpecialityTest() && Figures.holds(comparison.getSpecialityTest()))
                    || (comparison.hasGeneralityTest()
                        && Figures.holds(comparison.getGeneralityTest())));
  }

  /** The label, and how many of the seeds it stands for where some are missing. */
  private static String name(TradeOffPoint point) {
    int seeds = point.getSeedsCount();
    return point.getMissingSeedsCount() == 0
        ? point.getLabel()
        : "%s (%d of %d seeds)"
            .formatted(point.getLabel(), seeds, seeds + point.getMissingSeedsCount());
  }

  private static String shortName(String checkpoint) {
    return checkpoint.substring(checkpoint.lastIndexOf('/') + 1);
  }
}
