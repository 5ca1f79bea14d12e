package dev.kedge.report.page;

import dev.kedge.report.Point;
import dev.kedge.v1.ClassFlips;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The classes of one suite that changed most, under the reference and the recommended point.
 *
 * @param rows largest loss under the reference first, at most {@value #MOST}
 * @param omitted how many more classes there are
 */
public record ClassTable(String suite, String reference, List<Row> rows, int omitted) {
  private static final int MOST = 20;

  /**
   * A class: accuracy of the base, the reference's and the recommended point's change from it.
   *
   * @param lost samples that the base has right and the recommended point has wrong, mean over runs
   * @param gained the other way round
   */
  public record Row(
      String name, String base, String reference, String recommended, String lost, String gained) {}

  static List<ClassTable> of(Report report) {
    Optional<TradeOffPoint> base = find(report, point -> point.getMethod().equals(Point.BASE));
    Optional<TradeOffPoint> recommended = find(report, TradeOffPoint::getRecommended);
    if (base.isEmpty() || recommended.isEmpty()) {
      return List.of();
    }
    TradeOffPoint reference =
        find(report, point -> point.getLabel().equals(report.getReference()))
            .orElse(recommended.get());
    return report.getPoints(0).getSuitesList().stream()
        .filter(suite -> suite.getClassesCount() > 0)
        .map(suite -> table(suite.getSuite(), base.get(), reference, recommended.get()))
        .toList();
  }

  private static ClassTable table(
      String suite, TradeOffPoint base, TradeOffPoint reference, TradeOffPoint recommended) {
    Map<String, Double> before = SuiteTable.score(base, suite).getClassesMap();
    Map<String, Double> after = SuiteTable.score(reference, suite).getClassesMap();
    Map<String, Double> chosen = SuiteTable.score(recommended, suite).getClassesMap();
    Map<String, ClassFlips> flips = SuiteTable.score(recommended, suite).getClassFlipsMap();
    List<Row> rows =
        before.keySet().stream()
            .sorted(
                Comparator.comparingDouble((String name) -> after.get(name) - before.get(name))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(MOST)
            .map(
                name ->
                    row(
                        name,
                        before.get(name),
                        after.get(name),
                        chosen.get(name),
                        flips.getOrDefault(name, ClassFlips.getDefaultInstance())))
            .toList();
    return new ClassTable(suite, reference.getLabel(), rows, before.size() - rows.size());
  }

  private static Row row(
      String name, double base, double reference, double recommended, ClassFlips flips) {
    return new Row(
        name,
        Figures.PERCENT.value(base),
        Figures.PERCENT.difference(reference - base),
        Figures.PERCENT.difference(recommended - base),
        samples(flips.getLost()),
        samples(flips.getGained()));
  }

  private static String samples(double mean) {
    return String.format(Locale.ROOT, mean == Math.rint(mean) ? "%,.0f" : "%,.1f", mean);
  }

  private static Optional<TradeOffPoint> find(Report report, Predicate<TradeOffPoint> which) {
    return report.getPointsList().stream().filter(which).findFirst();
  }
}
