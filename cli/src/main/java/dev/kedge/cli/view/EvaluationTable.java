package dev.kedge.cli.view;

import dev.kedge.v1.Report;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;

/** What each model of a report scored on each test, with 95% intervals. */
public final class EvaluationTable {
  private EvaluationTable() {}

  /** A line for each test, and what a reader must know. */
  public static String of(Report report) {
    var table = new Table("TEST", "MEASURE", ">SCORE", "", ">SAMPLES");
    for (TradeOffPoint point : report.getPointsList()) {
      point.getSuitesList().forEach(suite -> add(suite, table));
    }
    var text = new StringBuilder(table.toString());
    report.getNotesList().forEach(note -> text.append("\n-  ").append(note));
    return text.toString();
  }

  private static void add(SuiteScore suite, Table table) {
    boolean isBits = suite.hasBitsPerByte();
    Figures figures = isBits ? Figures.BITS : Figures.PERCENT;
    table.row(
        suite.getSuite(),
        suite.getMeasure(),
        figures.value(
            isBits || suite.hasAccuracy(), isBits ? suite.getBitsPerByte() : suite.getAccuracy()),
        figures.unit(),
        String.valueOf(suite.getSamples()));
  }
}
