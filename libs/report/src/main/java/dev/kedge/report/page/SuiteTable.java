package dev.kedge.report.page;

import dev.kedge.v1.Report;
import dev.kedge.v1.RunTest;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import java.util.Locale;

/**
 * Every point on one suite.
 *
 * @param about role, use and size in words
 * @param tests McNemar's test of the base against each run of the recommended point; may be empty
 */
public record SuiteTable(String suite, String about, List<Row> rows, List<String> tests) {

  /** One point: accuracy, difference from the base, flips, mean per class, calibration error. */
  public record Row(String label, boolean recommended, List<Cell> cells) {}

  static List<SuiteTable> of(Report report) {
    return report.getPoints(0).getSuitesList().stream()
        .map(
            score ->
                new SuiteTable(
                    score.getSuite(), about(score), rows(report, score), tests(report, score)))
        .toList();
  }

  private static String about(SuiteScore score) {
    String use = score.getUse().equals("SELECT") ? "used to choose" : "only reported";
    return "%s, %s, %,d samples"
        .formatted(score.getRole().toLowerCase(Locale.ROOT), use, score.getSamples());
  }

  private static List<Row> rows(Report report, SuiteScore suite) {
    return report.getPointsList().stream().map(point -> row(point, suite.getSuite())).toList();
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

  private static Row row(TradeOffPoint point, String suite) {
    SuiteScore score = score(point, suite);
    return new Row(
        point.getLabel(),
        point.getRecommended(),
        List.of(
            Cell.share(score.hasAccuracy(), score.getAccuracy()),
            Cell.difference(score.hasAgainstBase(), score.getAgainstBase()),
            Cell.plain(score.hasAgainstBase() ? Percent.share(score.getNegativeFlips()) : "–"),
            Cell.plain(Percent.share(score.getMeanPerClass())),
            Cell.plain(Percent.share(score.getTop5())),
            Cell.plain(Percent.share(score.getCalibrationError()))));
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
