package dev.kedge.report.page;

import static java.util.stream.Collectors.toMap;

import dev.kedge.v1.MethodChoice;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import java.util.Map;

/**
 * What SELECT data chooses of one method, or of one average of it.
 *
 * @param label of the point
 * @param candidates how many points it was chosen of
 * @param cells speciality, generality, and their differences from the base and the reference
 */
public record ChoiceRow(String label, int candidates, boolean recommended, List<Cell> cells) {

  static List<ChoiceRow> of(Report report, Plane plane) {
    Map<String, TradeOffPoint> points =
        report.getPointsList().stream().collect(toMap(TradeOffPoint::getLabel, point -> point));
    return report.getChoicesList().stream()
        .map(choice -> of(choice, points.get(choice.getPoint()), plane))
        .toList();
  }

  private static ChoiceRow of(MethodChoice choice, TradeOffPoint point, Plane plane) {
    TradeOffPoint compared =
        point.toBuilder()
            .setAgainstBase(choice.getAgainstBase())
            .setAgainstReference(choice.getAgainstReference())
            .build();
    return new ChoiceRow(
        point.getLabel(),
        choice.getCandidates(),
        point.getRecommended(),
        PointRow.values(compared, plane));
  }
}
