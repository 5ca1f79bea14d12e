package dev.kedge.report.page;

import dev.kedge.report.Holm;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.PairedTest;

/**
 * A number in a table.
 *
 * @param value what it is
 * @param range its 95% interval, or empty
 * @param clear true for a difference that holds
 */
public record Cell(String value, String range, boolean clear) {
  private static final Cell NONE = new Cell("–", "", false);

  static Cell value(Figures figures, boolean present, Estimate estimate) {
    return present
        ? new Cell(figures.value(estimate.getValue()), figures.range(estimate), false)
        : NONE;
  }

  /** A difference that holds where its interval leaves zero out. */
  static Cell difference(Figures figures, boolean present, Estimate estimate) {
    return difference(figures, present, estimate, estimate.getLow() > 0 || estimate.getHigh() < 0);
  }

  /** A difference that holds where its test does after the correction for all tests. */
  static Cell tested(Figures figures, boolean present, Estimate estimate, PairedTest test) {
    return difference(figures, present, estimate, test.getAdjustedPValue() < Holm.LEVEL);
  }

  private static Cell difference(
      Figures figures, boolean present, Estimate estimate, boolean clear) {
    return present
        ? new Cell(
            figures.difference(estimate.getValue()), figures.differenceRange(estimate), clear)
        : NONE;
  }

  static Cell plain(String value) {
    return new Cell(value, "", false);
  }
}
