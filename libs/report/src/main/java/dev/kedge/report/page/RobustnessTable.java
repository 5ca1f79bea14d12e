package dev.kedge.report.page;

import dev.kedge.v1.Report;
import dev.kedge.v1.RobustnessLine;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import java.util.Locale;

/**
 * What the points have beyond the line of the fine-tuned ones.
 *
 * @param missing why there is no line, or empty
 * @param slope of the line, in logits
 * @param baselines the points that it goes through
 */
public record RobustnessTable(String missing, String slope, String baselines, List<Row> rows) {
  /**
   * One point.
   *
   * @param minor whether paper does without it
   */
  public record Row(String label, boolean recommended, boolean minor, Cell beyond) {}

  static RobustnessTable of(Report report, ShownPoints shown) {
    RobustnessLine line = report.getRobustness();
    return new RobustnessTable(
        line.getMissing(),
        String.format(Locale.ROOT, "%.2f", line.getSlope()),
        String.join(", ", line.getBaselinesList()),
        report.getPointsList().stream()
            .filter(TradeOffPoint::hasEffectiveRobustness)
            .map(
                point ->
                    new Row(
                        point.getLabel(),
                        point.getRecommended(),
                        shown.isMinor(point),
                        Cell.difference(Figures.PERCENT, true, point.getEffectiveRobustness())))
            .toList());
  }
}
