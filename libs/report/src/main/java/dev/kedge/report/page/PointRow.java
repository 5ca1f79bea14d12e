package dev.kedge.report.page;

import static java.util.stream.Collectors.joining;

import dev.kedge.v1.Comparison;
import dev.kedge.v1.TradeOffPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One point in the main table: its cells from speciality to cost; {@code missing} says which seeds
 * it lacks.
 */
public record PointRow(
    String label,
    String colour,
    boolean recommended,
    boolean onFrontier,
    String missing,
    List<Cell> cells) {

  static PointRow of(TradeOffPoint point, Plane plane, Colours colours) {
    List<Cell> cells = new ArrayList<>(values(point, plane));
    cells.add(Cell.plain(String.format(Locale.ROOT, "%,.0f", point.getComputeSeconds())));
    return new PointRow(
        point.getLabel(),
        colours.of(point),
        point.getRecommended(),
        point.getOnFrontier(),
        missing(point),
        cells);
  }

  /** Both roles, and their differences from the base and from the reference. */
  static List<Cell> values(TradeOffPoint point, Plane plane) {
    Figures speciality = plane.speciality();
    Figures generality = plane.generality();
    Comparison base = point.getAgainstBase();
    Comparison reference = point.getAgainstReference();
    return List.of(
        Cell.value(speciality, point.hasSpeciality(), point.getSpeciality()),
        Cell.value(generality, point.hasGenerality(), point.getGenerality()),
        speciality(speciality, base),
        generality(generality, base),
        speciality(speciality, reference),
        generality(generality, reference));
  }

  static Cell speciality(Figures figures, Comparison comparison) {
    return Cell.tested(
        figures,
        comparison.hasSpeciality(),
        comparison.getSpeciality(),
        comparison.getSpecialityTest());
  }

  static Cell generality(Figures figures, Comparison comparison) {
    return Cell.tested(
        figures,
        comparison.hasGenerality(),
        comparison.getGenerality(),
        comparison.getGeneralityTest());
  }

  /** For example {@code lacks seeds 3, 4}, or empty. */
  static String missing(TradeOffPoint point) {
    int missing = point.getMissingSeedsCount();
    String seeds = point.getMissingSeedsList().stream().map(String::valueOf).collect(joining(", "));
    return missing == 0 ? "" : "lacks seed" + (missing == 1 ? " " : "s ") + seeds;
  }
}
