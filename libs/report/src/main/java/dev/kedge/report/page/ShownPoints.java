package dev.kedge.report.page;

import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;

/**
 * Which points the tables of a document show: of more than people read, those on the frontier, what
 * is recommended, and what is no average. The table of all points has the others too.
 *
 * @param all shows them all, however many there are
 */
record ShownPoints(Report report, boolean all) {
  private static final int MOST = 24;

  /** Whether a point is left out on paper. */
  boolean isMinor(TradeOffPoint point) {
    return !all && report.getPointsCount() > MOST && !matters(point);
  }

  /** How many are. */
  int minor() {
    return (int) report.getPointsList().stream().filter(this::isMinor).count();
  }

  private static boolean matters(TradeOffPoint point) {
    return point.getOnFrontier() || point.getRecommended() || point.getAverage().isEmpty();
  }
}
