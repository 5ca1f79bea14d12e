package dev.kedge.cli.view;

import dev.kedge.v1.Report;
import dev.kedge.v1.Scale;
import dev.kedge.v1.TradeOffPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Speciality and generality as a picture of characters: better is to the right and up, whatever the
 * scale.
 */
public final class FrontierPlot {
  private static final int ROWS = 18;
  private static final int COLUMNS = 60;
  private static final int FEWEST_COLUMNS = 20;

  /** Room for the numbers of the axis. */
  private static final int MARGIN = 9;

  private final Report report;
  private final Paint paint;
  private final Axis x;
  private final Axis y;
  private final char[][] cells;

  /** One direction: from values to cells. */
  private record Axis(Figures figures, double worst, double best, int cells) {
    static Axis of(List<Double> values, Figures figures, boolean lowerIsBetter, int cells) {
      double low = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
      double high = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      return lowerIsBetter
          ? new Axis(figures, high, low, cells)
          : new Axis(figures, low, high, cells);
    }

    /** The worst is in the first. */
    int cell(double value) {
      return best == worst
          ? cells / 2
          : (int) Math.round((value - worst) / (best - worst) * (cells - 1));
    }

    String at(int cell) {
      return figures.number(worst + (best - worst) * cell / (cells - 1));
    }
  }

  private FrontierPlot(Report report, List<TradeOffPoint> points, int columns, Paint paint) {
    this.report = report;
    this.paint = paint;
    x =
        axis(
            points,
            point -> point.getSpeciality().getValue(),
            report.getSpecialityScale(),
            columns);
    y = axis(points, point -> point.getGenerality().getValue(), report.getGeneralityScale(), ROWS);
    cells = new char[ROWS][columns];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
    points.forEach(this::draw);
  }

  private static Axis axis(
      List<TradeOffPoint> points, ToDoubleFunction<TradeOffPoint> value, Scale scale, int cells) {
    return Axis.of(
        points.stream().map(value::applyAsDouble).toList(),
        Figures.of(scale),
        scale.getLowerIsBetter(),
        cells);
  }

  /**
   * The picture with its axes and what its marks mean; empty where there are not two points to
   * compare, or no room.
   *
   * @param width longest line
   */
  public static String of(Report report, int width, Paint paint) {
    List<TradeOffPoint> points =
        new ArrayList<>(
            report.getPointsList().stream()
                .filter(point -> point.hasSpeciality() && point.hasGenerality())
                .toList());
    int columns = Math.min(COLUMNS, width - MARGIN - 2);
    if (points.size() < 2 || columns < FEWEST_COLUMNS) {
      return "";
    }
    // Where several fall into one cell, what matters most is drawn last.
    points.sort(
        Comparator.comparing(TradeOffPoint::getRecommended)
            .thenComparing(TradeOffPoint::getOnFrontier));
    return new FrontierPlot(report, points, columns, paint).text();
  }

  private void draw(TradeOffPoint point) {
    char[] row = cells[ROWS - 1 - y.cell(point.getGenerality().getValue())];
    row[x.cell(point.getSpeciality().getValue())] =
        point.getRecommended() ? '←' : point.getOnFrontier() ? '*' : 'o';
  }

  private String text() {
    var text = new StringBuilder();
    text.append("GENERALITY ").append(y.figures().unit()).append('\n');
    for (int row = 0; row < ROWS; row++) {
      boolean hasNumber = row == 0 || row == ROWS / 2 || row == ROWS - 1;
      String number = hasNumber ? y.at(ROWS - 1 - row) : "";
      String line = painted(new String(cells[row]).stripTrailing());
      text.append(("%" + MARGIN + "s").formatted(number))
          .append(hasNumber ? " ┤" : " │")
          .append(line)
          .append('\n');
    }
    String space = " ".repeat(MARGIN + 1);
    int columns = x.cells();
    text.append(space).append('└').append("─".repeat(columns)).append('\n');
    text.append(space).append(' ').append(below(columns)).append('\n');
    return text.append(space).append(' ').append(legend()).toString();
  }

  private String painted(String row) {
    return row.replace("*", paint.strong("*")).replace("←", paint.good("←"));
  }

  /** The ends of the axis with its name between them. */
  private String below(int columns) {
    String left = x.at(0);
    String right = x.at(columns - 1);
    String name = "SPECIALITY " + x.figures().unit();
    int free = columns - left.length() - right.length() - name.length();
    return left
        + " ".repeat(Math.max(1, free / 2))
        + name
        + " ".repeat(Math.max(1, free - free / 2))
        + right;
  }

  private String legend() {
    String recommended =
        report.getRecommended().isEmpty()
            ? ""
            : "  ← recommended: " + Visible.line(report.getRecommended());
    return "* on the frontier  o others" + recommended;
  }
}
