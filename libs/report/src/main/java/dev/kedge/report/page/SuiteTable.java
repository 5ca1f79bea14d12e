package dev.kedge.report.page;

import dev.kedge.report.Measure;
import dev.kedge.v1.Report;
import dev.kedge.v1.RunTest;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Every point on one suite.
 *
 * @param about role, use, size and measure in words
 * @param columns headings of the cells
 * @param tests McNemar's test of the base against each run of the recommended point; may be empty
 */
public record SuiteTable(
    String suite, String about, List<String> columns, List<Row> rows, List<String> tests) {

  /**
   * One point and its cells.
   *
   * @param minor whether paper does without it
   */
  public record Row(String label, boolean recommended, boolean minor, List<Cell> cells) {}

  static List<SuiteTable> of(Report report, ShownPoints shown) {
    return report.getPoints(0).getSuitesList().stream()
        .map(score -> of(report, score, shown))
        .toList();
  }

  private static SuiteTable of(Report report, SuiteScore suite, ShownPoints shown) {
    return new SuiteTable(
        suite.getSuite(),
        about(suite),
        SuiteColumn.of(suite).map(SuiteColumn::heading).toList(),
        report.getPointsList().stream().map(point -> row(point, suite, shown)).toList(),
        tests(report, suite));
  }

  static String about(SuiteScore score) {
    String use = score.getUse().equals("SELECT") ? "used to choose" : "only reported";
    Measure measure = Measure.valueOf(score.getMeasure());
    return "%s, %s, %,d samples, %s"
        .formatted(
            score.getRole().toLowerCase(Locale.ROOT),
            use,
            score.getSamples(),
            measure.words() + (measure.scale().lowerIsBetter() ? " (less is better)" : ""));
  }

  private static Row row(TradeOffPoint point, SuiteScore suite, ShownPoints shown) {
    SuiteScore score = score(point, suite.getSuite());
    Stream<Cell> cells = SuiteColumn.of(suite).map(column -> column.cell(score));
    return new Row(point.getLabel(), point.getRecommended(), shown.isMinor(point), cells.toList());
  }

  private static List<String> tests(Report report, SuiteScore suite) {
    return report.getPointsList().stream()
        .filter(TradeOffPoint::getRecommended)
        .flatMap(point -> score(point, suite.getSuite()).getTestsList().stream())
        .map(SuiteTable::test)
        .toList();
  }

  private static String test(RunTest test) {
    String p =
        test.getPValue() < 0.001
            ? "< 0.001"
            : String.format(Locale.ROOT, "= %.3f", test.getPValue());
    return "%s: %,d lost, %,d gained, p %s"
        .formatted(test.getCandidate(), test.getLost(), test.getGained(), p);
  }

  static SuiteScore score(TradeOffPoint point, String suite) {
    return point.getSuitesList().stream()
        .filter(score -> score.getSuite().equals(suite))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "point '" + point.getLabel() + "' has no score on suite '" + suite + "'"));
  }
}
