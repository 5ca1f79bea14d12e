package dev.kedge.report.page;

import dev.kedge.v1.MethodChoice;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which points tables show: of more than people read, those on the frontier, what is recommended,
 * what is a method's choice, and what is no average.
 *
 * @param chosen labels of what is a method's choice
 * @param all shows them all, however many there are
 */
public record ShownPoints(Report report, Set<String> chosen, boolean all) {
  private static final int MOST = 24;

  ShownPoints(Report report, boolean all) {
    this(
        report,
        report.getChoicesList().stream().map(MethodChoice::getPoint).collect(Collectors.toSet()),
        all);
  }

  /** Marks the minor points of a report. */
  public static void mark(Report.Builder report) {
    var shown = new ShownPoints(report.build(), false);
    report.getPointsBuilderList().forEach(point -> point.setMinor(shown.isMinor(point.build())));
  }

  /** Whether a point is left out on paper. */
  boolean isMinor(TradeOffPoint point) {
    return !all && report.getPointsCount() > MOST && !matters(point);
  }

  /** How many are. */
  int minor() {
    return (int) report.getPointsList().stream().filter(this::isMinor).count();
  }

  private boolean matters(TradeOffPoint point) {
    return point.getOnFrontier()
        || point.getRecommended()
        || point.getAverage().isEmpty()
        || chosen.contains(point.getLabel());
  }
}
