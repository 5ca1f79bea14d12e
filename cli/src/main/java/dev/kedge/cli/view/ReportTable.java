package dev.kedge.cli.view;

import dev.kedge.v1.Comparison;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;

/** The trade-off, in percent with 95% intervals. */
public final class ReportTable {
  private static final String NOTHING = "–";

  private ReportTable() {}

  /** The table, the rule that chose, the recommended checkpoint and what a reader must know. */
  public static String of(Report report) {
    var text = new StringBuilder();
    if (!report.getTitle().isEmpty()) {
      text.append(report.getTitle()).append("\n\n");
    }
    text.append(points(report)).append("\n\n");
    text.append("*  on the frontier: no other point is better in one and as good in the other\n");
    text.append("←  recommended: ").append(report.getRule()).append('\n');
    if (report.getPointsList().stream().anyMatch(TradeOffPoint::hasAlpha)) {
      text.append("α  weights the fine-tuned model: 0 is the base, 1 the fine-tuned model\n");
    }
    report.getNotesList().forEach(note -> text.append("-  ").append(note).append('\n'));
    if (!report.getRecommendedCheckpoint().isEmpty()) {
      text.append("\nkedge export %s DIR".formatted(shortName(report.getRecommendedCheckpoint())));
    }
    return text.toString().stripTrailing();
  }

  private static Table points(Report report) {
    String reference = report.getReference().isEmpty() ? "reference" : report.getReference();
    var table =
        new Table(
            "POINT",
            ">SPECIALITY %",
            ">GENERALITY %",
            ">Δ base: SPEC.",
            ">GEN.",
            ">Δ %s: SPEC.".formatted(reference),
            ">GEN.",
            ">COMPUTE",
            "");
    report.getPointsList().forEach(point -> table.row(cells(point)));
    return table;
  }

  private static String[] cells(TradeOffPoint point) {
    Comparison base = point.getAgainstBase();
    Comparison reference = point.getAgainstReference();
    return new String[] {
      point.getLabel(),
      share(point.hasSpeciality(), point.getSpeciality()),
      share(point.hasGenerality(), point.getGenerality()),
      difference(base.hasSpeciality(), base.getSpeciality()),
      difference(base.hasGenerality(), base.getGenerality()),
      difference(reference.hasSpeciality(), reference.getSpeciality()),
      difference(reference.hasGenerality(), reference.getGenerality()),
      Times.seconds(point.getComputeSeconds()),
      (point.getOnFrontier() ? "*" : " ") + (point.getRecommended() ? " ←" : "")
    };
  }

  private static String share(boolean known, Estimate estimate) {
    return known ? "%.1f ± %.1f".formatted(percent(estimate), halfWidth(estimate)) : NOTHING;
  }

  private static String difference(boolean known, Estimate estimate) {
    return known ? "%+.1f ± %.1f".formatted(percent(estimate), halfWidth(estimate)) : NOTHING;
  }

  private static double percent(Estimate estimate) {
    // Adding zero turns a rounded -0.0 into 0.0.
    return Math.round(1000 * estimate.getValue()) / 10.0 + 0.0;
  }

  private static double halfWidth(Estimate estimate) {
    return 100 * (estimate.getHigh() - estimate.getLow()) / 2;
  }

  private static String shortName(String checkpoint) {
    return checkpoint.substring(checkpoint.lastIndexOf('/') + 1);
  }
}
