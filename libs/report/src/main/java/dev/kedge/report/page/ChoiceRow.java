package dev.kedge.report.page;

import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;

/**
 * What SELECT data chooses of one method, or of one average of it.
 *
 * @param label of the point
 * @param candidates how many points it was chosen of
 * @param cells speciality, generality, and their differences from the base and the reference
 */
public record ChoiceRow(String label, int candidates, boolean recommended, List<Cell> cells) {

  static List<ChoiceRow> of(Report report, Plane plane) {
    return ChosenPoint.of(report).stream().map(chosen -> of(chosen, plane)).toList();
  }

  private static ChoiceRow of(ChosenPoint chosen, Plane plane) {
    TradeOffPoint point = chosen.point();
    return new ChoiceRow(
        point.getLabel(),
        chosen.choice().getCandidates(),
        point.getRecommended(),
        PointRow.values(point, plane));
  }
}
