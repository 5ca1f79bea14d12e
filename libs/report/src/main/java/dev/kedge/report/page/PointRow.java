package dev.kedge.report.page;

import dev.kedge.v1.Comparison;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import java.util.Locale;

/** One point in the main table: its cells from speciality to cost. */
public record PointRow(
    String label, String colour, boolean recommended, boolean onFrontier, List<Cell> cells) {

  static PointRow of(TradeOffPoint point, Colours colours) {
    Comparison base = point.getAgainstBase();
    Comparison reference = point.getAgainstReference();
    return new PointRow(
        point.getLabel(),
        colours.of(point),
        point.getRecommended(),
        point.getOnFrontier(),
        List.of(
            Cell.share(point.hasSpeciality(), point.getSpeciality()),
            Cell.share(point.hasGenerality(), point.getGenerality()),
            Cell.difference(base.hasSpeciality(), base.getSpeciality()),
            Cell.difference(base.hasGenerality(), base.getGenerality()),
            Cell.difference(reference.hasSpeciality(), reference.getSpeciality()),
            Cell.difference(reference.hasGenerality(), reference.getGenerality()),
            Cell.plain(String.format(Locale.ROOT, "%,.0f", point.getComputeSeconds()))));
  }
}
