package dev.kedge.report.page;

import static java.util.stream.Collectors.joining;

import dev.kedge.report.Point;
import dev.kedge.report.Scale;
import dev.kedge.report.page.FrontierChart.Frame;
import dev.kedge.report.page.FrontierChart.Mark;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.DoubleStream;

/** Places a report's points on the trade-off plane. */
final class ChartLayout {
  /** The crosses of more points than this would hide the points. */
  private static final int MOST_CROSSES = 24;

  /** Of more points than this the averages behind the frontier go without a name. */
  private static final int MOST_NAMES = 24;

  private static final int BEHIND = 3;

  /** Pixels: a finger's, and what is left to points that others stand close to. */
  private static final double FARTHEST_REACH = 12;

  private static final double LEAST_REACH = 5;

  private final Report report;
  private final Plane plane;
  private final Colours colours;
  private final Frame frame;
  private final Axis x;
  private final Axis y;

  private ChartLayout(Report report, Colours colours, int width, int height) {
    this.report = report;
    this.colours = colours;
    plane = Plane.of(report);
    frame = new Frame(50, 12, width - 14, height - 46);
    x = axis(plane.x(), TradeOffPoint::getSpeciality, frame.left(), frame.right());
    y = axis(plane.y(), TradeOffPoint::getGenerality, frame.bottom(), frame.top());
  }

  /** Draws all points, in two sizes; nothing where one of the two axes was not measured. */
  static List<FrontierChart> of(Report report, Colours colours) {
    boolean measured =
        report.getPointsList().stream().allMatch(p -> p.hasSpeciality() && p.hasGenerality());
    if (!measured) {
      return List.of();
    }
    return List.of(
        new ChartLayout(report, colours, 760, 500).chart("wide", 760, 500),
        new ChartLayout(report, colours, 360, 400).chart("narrow", 360, 400));
  }

  private FrontierChart chart(String size, int width, int height) {
    List<Mark> marks = report.getPointsList().stream().map(this::mark).toList();
    ChartLines lines = new ChartLines(report, plane, colours, frame, x, y);
    return new FrontierChart(
        size,
        width,
        height,
        frame,
        x.ticks(),
        y.ticks(),
        lines.frontier(),
        lines.curves(),
        marks,
        LabelPlacement.of(marks, labels(), frame),
        description());
  }

  private Axis axis(
      Scale scale, Function<TradeOffPoint, Estimate> measure, double worst, double best) {
    double[] drawn =
        report.getPointsList().stream()
            .flatMapToDouble(point -> drawn(point, measure.apply(point)))
            .sorted()
            .toArray();
    return Axis.covering(scale, drawn[0], drawn[drawn.length - 1], worst, best);
  }

  private DoubleStream drawn(TradeOffPoint point, Estimate estimate) {
    return isCrossed(point)
        ? DoubleStream.of(estimate.getLow(), estimate.getHigh())
        : DoubleStream.of(estimate.getValue());
  }

  private Mark mark(TradeOffPoint point) {
    Estimate speciality = point.getSpeciality();
    Estimate generality = point.getGenerality();
    double right = x.at(speciality.getValue());
    double down = y.at(generality.getValue());
    return new Mark(
        point.getLabel(),
        kind(point),
        colours.of(point),
        point.getRecommended(),
        isCrossed(point),
        Tip.of(point, report, plane, right, down, frame),
        reach(point),
        right,
        down,
        x.at(speciality.getLow()),
        x.at(speciality.getHigh()),
        y.at(generality.getHigh()),
        y.at(generality.getLow()));
  }

  /** Half way to the nearest other point at most, so that each can be pointed at. */
  private double reach(TradeOffPoint point) {
    double nearest =
        report.getPointsList().stream()
            .filter(other -> !other.getLabel().equals(point.getLabel()))
            .mapToDouble(other -> distance(point, other))
            .min()
            .orElse(Double.MAX_VALUE);
    return Math.round(10 * Math.max(LEAST_REACH, Math.min(FARTHEST_REACH, nearest / 2))) / 10.0;
  }

  private double distance(TradeOffPoint one, TradeOffPoint other) {
    return Math.hypot(
        x.at(one.getSpeciality().getValue()) - x.at(other.getSpeciality().getValue()),
        y.at(one.getGenerality().getValue()) - y.at(other.getGenerality().getValue()));
  }

  private boolean isCrossed(TradeOffPoint point) {
    return report.getPointsCount() <= MOST_CROSSES
        || point.getRecommended()
        || point.getMethod().equals(Point.BASE)
        || point.getLabel().equals(report.getReference());
  }

  private static String kind(TradeOffPoint point) {
    if (point.getMethod().equals(Point.BASE)) {
      return "origin";
    }
    return point.getAverage().isEmpty() ? "plain" : "average";
  }

  /** Names by the label of their mark, the most important first; on a curve the α says enough. */
  private List<LabelPlacement.Name> labels() {
    ToIntFunction<TradeOffPoint> importance =
        point ->
            point.getRecommended()
                ? 0
                : point.getAverage().isEmpty() ? 1 : point.getOnFrontier() ? 2 : BEHIND;
    return report.getPointsList().stream()
        .filter(
            point -> report.getPointsCount() <= MOST_NAMES || importance.applyAsInt(point) < BEHIND)
        .sorted(Comparator.comparingInt(importance))
        .map(point -> new LabelPlacement.Name(point.getLabel(), shortName(point)))
        .toList();
  }

  private static String shortName(TradeOffPoint point) {
    return point.hasAlpha() && !point.getRecommended()
        ? "α=" + Double.toString(point.getAlpha()).replaceAll("\\.0$", "")
        : point.getLabel();
  }

  private String description() {
    String frontier =
        report.getPointsList().stream()
            .filter(TradeOffPoint::getOnFrontier)
            .map(TradeOffPoint::getLabel)
            .collect(joining(", "));
    return "%d points. On the frontier: %s. Recommended: %s. The table below holds all numbers."
        .formatted(
            report.getPointsCount(),
            frontier,
            report.getRecommended().isEmpty() ? "none" : report.getRecommended());
  }
}
