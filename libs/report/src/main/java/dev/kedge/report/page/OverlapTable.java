package dev.kedge.report.page;

import dev.kedge.report.Measure;
import dev.kedge.report.Scale;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;
import dev.kedge.v1.WithoutOverlap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every point with and without the samples that suites share with other sets.
 *
 * @param columns headings of the cells
 */
public record OverlapTable(List<String> columns, List<SuiteTable.Row> rows) {

  /** Empty where no suite shares samples. */
  static Optional<OverlapTable> of(Report report, Plane plane, ShownPoints shown) {
    WithoutOverlap without = report.getWithoutOverlap();
    if (without.getSuitesCount() == 0) {
      return Optional.empty();
    }
    List<SuiteTable.Row> rows = new ArrayList<>();
    for (int i = 0; i < report.getPointsCount(); i++) {
      TradeOffPoint point = report.getPoints(i);
      rows.add(
          new SuiteTable.Row(
              point.getLabel(),
              point.getRecommended(),
              shown.isMinor(point),
              cells(without, point, without.getPoints(i), plane)));
    }
    return Optional.of(new OverlapTable(columns(without), rows));
  }

  private static List<String> columns(WithoutOverlap without) {
    Stream<String> suites =
        without.getSuitesList().stream()
            .flatMap(
                suite ->
                    Stream.of(
                        "%s, all".formatted(suite.getSuite()),
                        "%s, the other %,d".formatted(suite.getSuite(), suite.getSamples())));
    return Stream.concat(suites, Stream.of("speciality without", "generality without")).toList();
  }

  private static List<Cell> cells(
      WithoutOverlap without, TradeOffPoint point, WithoutOverlap.Point reduced, Plane plane) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < without.getSuitesCount(); i++) {
      WithoutOverlap.Suite suite = without.getSuites(i);
      Scale scale = Measure.valueOf(suite.getMeasure()).scale();
      Figures figures = Figures.of(scale);
      cells.add(Cell.value(figures, true, whole(SuiteTable.score(point, suite.getSuite()), scale)));
      cells.add(Cell.value(figures, true, reduced.getSuites(i)));
    }
    cells.add(Cell.value(plane.speciality(), reduced.hasSpeciality(), reduced.getSpeciality()));
    cells.add(Cell.value(plane.generality(), reduced.hasGenerality(), reduced.getGenerality()));
    return cells;
  }

  private static Estimate whole(SuiteScore score, Scale scale) {
    return scale == Scale.SHARE ? score.getAccuracy() : score.getBitsPerByte();
  }
}
