package dev.kedge.report.page;

import dev.kedge.v1.MatchedComparison;
import java.util.List;

/**
 * One method, or an average of it, against the reference or an average at the same speciality.
 *
 * @param points how many its curve goes through, and of how many they were chosen
 * @param cells the difference, its generality, the other's, the speciality
 */
public record MatchedRow(String label, String points, List<Cell> cells) {

  static List<MatchedRow> of(List<MatchedComparison> compared, Plane plane) {
    return compared.stream().map(one -> of(one, plane)).toList();
  }

  private static MatchedRow of(MatchedComparison one, Plane plane) {
    Figures generality = plane.generality();
    return new MatchedRow(
        one.getLabel(),
        "%d of %d".formatted(one.getPointsCount(), one.getCandidates()),
        List.of(
            Cell.tested(generality, true, one.getDifference(), one.getTest()),
            Cell.value(generality, true, one.getGenerality()),
            Cell.value(generality, true, one.getReferenceGenerality()),
            Cell.value(plane.speciality(), true, one.getSpeciality())));
  }
}
