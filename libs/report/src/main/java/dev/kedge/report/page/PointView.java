package dev.kedge.report.page;

import dev.kedge.v1.Comparison;
import dev.kedge.v1.Report;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One point with all its numbers, as finished text.
 *
 * @param speciality with its unit
 * @param generality with its unit
 * @param differences from the base and from the reference, as far as they were measured
 * @param robustness effective robustness in percent points; a dash where there is no line
 * @param missing which seeds it lacks, or empty
 * @param suites one by one
 */
public record PointView(
    TradeOffPoint point,
    Plane plane,
    Cell speciality,
    Cell generality,
    List<Difference> differences,
    Cell robustness,
    String missing,
    List<OfSuite> suites) {

  /** Paired differences from another point, bold where the test holds after the correction. */
  public record Difference(String other, Cell speciality, Cell generality) {}

  /**
   * What it scored on one suite.
   *
   * @param about role, use, size and measure in words
   */
  public record OfSuite(String suite, String about, List<Figure> figures) {}

  /** A number and what it is. */
  public record Figure(String heading, Cell value) {}

  /** The point of a label; none where the report has no such point. */
  public static Optional<PointView> of(Report report, String label) {
    return report.getPointsList().stream()
        .filter(point -> point.getLabel().equals(label))
        .findFirst()
        .map(point -> of(report, point));
  }

  private static PointView of(Report report, TradeOffPoint point) {
    Plane plane = Plane.of(report);
    return new PointView(
        point,
        plane,
        Headline.cell(plane.speciality(), point.hasSpeciality(), point.getSpeciality()),
        Headline.cell(plane.generality(), point.hasGenerality(), point.getGenerality()),
        differences(report, point, plane),
        Cell.difference(
            Figures.PERCENT, point.hasEffectiveRobustness(), point.getEffectiveRobustness()),
        PointRow.missing(point),
        point.getSuitesList().stream().map(PointView::suite).toList());
  }

  private static List<Difference> differences(Report report, TradeOffPoint point, Plane plane) {
    List<Difference> differences = new ArrayList<>();
    if (point.hasAgainstBase()) {
      differences.add(difference("the base", point.getAgainstBase(), plane));
    }
    if (point.hasAgainstReference()) {
      differences.add(difference(report.getReference(), point.getAgainstReference(), plane));
    }
    return differences;
  }

  private static Difference difference(String other, Comparison comparison, Plane plane) {
    return new Difference(
        other,
        PointRow.speciality(plane.speciality(), comparison),
        PointRow.generality(plane.generality(), comparison));
  }

  private static OfSuite suite(SuiteScore score) {
    return new OfSuite(
        score.getSuite(),
        SuiteTable.about(score),
        SuiteColumn.of(score)
            .map(column -> new Figure(column.heading(), column.cell(score)))
            .toList());
  }

  /** What differences of speciality are written in. */
  public String specialityDifferences() {
    return plane.speciality().differenceUnit();
  }

  /** What differences of generality are written in. */
  public String generalityDifferences() {
    return plane.generality().differenceUnit();
  }
}
