package dev.kedge.report.page;

import dev.kedge.report.Scale;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The points of two reports side by side, by label. Reports hold means, not samples: the
 * differences are unpaired, and nothing is tested.
 *
 * @param specialityUnits of the first and of the second
 * @param generalityUnits likewise
 * @param rows those of the first, then those that the second alone has
 */
public record ComparedPoints(
    List<String> specialityUnits, List<String> generalityUnits, List<Row> rows) {
  private static final String NOTHING = "–";

  /**
   * A label's two points.
   *
   * @param speciality of the two, and the second less the first
   * @param generality likewise
   * @param recommended in which: empty, {@code A}, {@code B} or {@code A, B}
   */
  public record Row(String label, Values speciality, Values generality, String recommended) {}

  /** Two values with their ranges, and their difference; a dash for what there is not. */
  public record Values(String first, String second, String difference) {}

  /** Puts them side by side. */
  public static ComparedPoints of(Report first, Report second) {
    Map<String, TradeOffPoint> ofFirst = points(first);
    Map<String, TradeOffPoint> ofSecond = points(second);
    Set<String> labels = new LinkedHashSet<>(ofFirst.keySet());
    labels.addAll(ofSecond.keySet());
    List<Scale> speciality = scales(first.getSpecialityScale(), second.getSpecialityScale());
    List<Scale> generality = scales(first.getGeneralityScale(), second.getGeneralityScale());
    TradeOffPoint none = TradeOffPoint.getDefaultInstance();
    return new ComparedPoints(
        units(speciality),
        units(generality),
        labels.stream()
            .map(
                label ->
                    row(
                        label,
                        ofFirst.getOrDefault(label, none),
                        ofSecond.getOrDefault(label, none),
                        speciality,
                        generality))
            .toList());
  }

  /** Whether both are measured in the same units: otherwise there are no differences. */
  public boolean isAlike() {
    return specialityUnits.get(0).equals(specialityUnits.get(1))
        && generalityUnits.get(0).equals(generalityUnits.get(1));
  }

  private static Map<String, TradeOffPoint> points(Report report) {
    Map<String, TradeOffPoint> points = new LinkedHashMap<>();
    report.getPointsList().forEach(point -> points.putIfAbsent(point.getLabel(), point));
    return points;
  }

  private static List<Scale> scales(dev.kedge.v1.Scale first, dev.kedge.v1.Scale second) {
    return List.of(Scale.of(first), Scale.of(second));
  }

  private static List<String> units(List<Scale> scales) {
    return scales.stream().map(scale -> Figures.of(scale).unit()).toList();
  }

  private static Row row(
      String label,
      TradeOffPoint first,
      TradeOffPoint second,
      List<Scale> speciality,
      List<Scale> generality) {
    return new Row(
        label,
        values(
            speciality,
            first.hasSpeciality(),
            first.getSpeciality(),
            second.hasSpeciality(),
            second.getSpeciality()),
        values(
            generality,
            first.hasGenerality(),
            first.getGenerality(),
            second.hasGenerality(),
            second.getGenerality()),
        recommended(first.getRecommended(), second.getRecommended()));
  }

  private static Values values(
      List<Scale> scales, boolean isFirst, Estimate first, boolean isSecond, Estimate second) {
    boolean isComparable = isFirst && isSecond && scales.get(0) == scales.get(1);
    return new Values(
        written(scales.get(0), isFirst, first),
        written(scales.get(1), isSecond, second),
        isComparable
            ? Figures.of(scales.get(0)).difference(second.getValue() - first.getValue())
            : NOTHING);
  }

  private static String written(Scale scale, boolean isThere, Estimate estimate) {
    Figures figures = Figures.of(scale);
    return isThere
        ? "%s (%s)".formatted(figures.value(estimate.getValue()), figures.range(estimate))
        : NOTHING;
  }

  private static String recommended(boolean first, boolean second) {
    return first && second ? "A, B" : first ? "A" : second ? "B" : "";
  }
}
