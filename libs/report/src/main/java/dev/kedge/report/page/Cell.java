package dev.kedge.report.page;

import dev.kedge.v1.Estimate;

/**
 * A number in a table.
 *
 * @param value what it is
 * @param range its 95% interval, or empty
 * @param clear true for a difference whose interval leaves zero out
 */
public record Cell(String value, String range, boolean clear) {
  private static final Cell NONE = new Cell("–", "", false);

  static Cell share(boolean present, Estimate estimate) {
    return present
        ? new Cell(Percent.share(estimate.getValue()), Percent.range(estimate), false)
        : NONE;
  }

  static Cell difference(boolean present, Estimate estimate) {
    if (!present) {
      return NONE;
    }
    boolean clear = estimate.getLow() > 0 || estimate.getHigh() < 0;
    return new Cell(Percent.points(estimate.getValue()), Percent.pointsRange(estimate), clear);
  }

  static Cell plain(String value) {
    return new Cell(value, "", false);
  }
}
