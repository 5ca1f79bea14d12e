package dev.kedge.report.page;

import static java.util.stream.Collectors.toMap;

import dev.kedge.v1.MethodChoice;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import java.util.Map;

/**
 * What SELECT data chooses of one method.
 *
 * @param point with the comparisons that are corrected over what was chosen
 */
record ChosenPoint(MethodChoice choice, TradeOffPoint point) {

  static List<ChosenPoint> of(Report report) {
    Map<String, TradeOffPoint> points =
        report.getPointsList().stream().collect(toMap(TradeOffPoint::getLabel, point -> point));
    return report.getChoicesList().stream()
        .map(choice -> of(choice, points.get(choice.getPoint())))
        .toList();
  }

  private static ChosenPoint of(MethodChoice choice, TradeOffPoint point) {
    return new ChosenPoint(
        choice,
        point.toBuilder()
            .setAgainstBase(choice.getAgainstBase())
            .setAgainstReference(choice.getAgainstReference())
            .build());
  }
}
