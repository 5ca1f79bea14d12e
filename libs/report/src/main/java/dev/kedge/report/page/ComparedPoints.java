package dev.kedge.report.page;

import dev.kedge.report.Scale;
import dev.kedge.v1.CompareExperimentsResponse;
import dev.kedge.v1.ComparedPoint;
import dev.kedge.v1.ComparedValues;
import dev.kedge.v1.Estimate;
import java.util.List;

/**
 * The points of two experiments side by side, as finished text.
 *
 * @param specialityUnits of the first and of the second
 * @param generalityUnits likewise
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

  /** Writes them down. */
  public static ComparedPoints of(CompareExperimentsResponse both) {
    List<Figures> speciality =
        List.of(
            Figures.of(Scale.of(both.getA().getSpecialityScale())),
            Figures.of(Scale.of(both.getB().getSpecialityScale())));
    List<Figures> generality =
        List.of(
            Figures.of(Scale.of(both.getA().getGeneralityScale())),
            Figures.of(Scale.of(both.getB().getGeneralityScale())));
    return new ComparedPoints(
        speciality.stream().map(Figures::unit).toList(),
        generality.stream().map(Figures::unit).toList(),
        both.getPointsList().stream().map(point -> row(point, speciality, generality)).toList());
  }

  /** Whether both are measured in the same units: otherwise there are no differences. */
  public boolean isAlike() {
    return specialityUnits.get(0).equals(specialityUnits.get(1))
        && generalityUnits.get(0).equals(generalityUnits.get(1));
  }

  private static Row row(ComparedPoint point, List<Figures> speciality, List<Figures> generality) {
    ComparedValues a = point.getA();
    ComparedValues b = point.getB();
    return new Row(
        point.getLabel(),
        new Values(
            written(speciality.get(0), a.hasSpeciality(), a.getSpeciality()),
            written(speciality.get(1), b.hasSpeciality(), b.getSpeciality()),
            point.hasSpecialityDifference()
                ? speciality.get(0).difference(point.getSpecialityDifference())
                : NOTHING),
        new Values(
            written(generality.get(0), a.hasGenerality(), a.getGenerality()),
            written(generality.get(1), b.hasGenerality(), b.getGenerality()),
            point.hasGeneralityDifference()
                ? generality.get(0).difference(point.getGeneralityDifference())
                : NOTHING),
        recommended(a.getRecommended(), b.getRecommended()));
  }

  private static String written(Figures figures, boolean isThere, Estimate estimate) {
    return isThere
        ? "%s (%s)".formatted(figures.value(estimate.getValue()), figures.range(estimate))
        : NOTHING;
  }

  private static String recommended(boolean first, boolean second) {
    return first && second ? "A, B" : first ? "A" : second ? "B" : "";
  }
}
