package dev.kedge.report.page;

import static java.util.stream.Collectors.joining;

import dev.kedge.report.Frontier;
import dev.kedge.report.Point;
import dev.kedge.report.page.FrontierChart.Curve;
import dev.kedge.report.page.FrontierChart.Frame;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines on the trade-off plane: the frontier, and what averaging makes of each method. */
record ChartLines(Report report, Plane plane, Colours colours, Frame frame, Axis x, Axis y) {
  private static final String ALPHA = " α=";

  /** Steps: what lies below and left of them is dominated. */
  String frontier() {
    Map<String, TradeOffPoint> points =
        report.getPointsList().stream()
            .collect(Collectors.toMap(TradeOffPoint::getLabel, Function.identity()));
    List<TradeOffPoint> places =
        new Frontier(report.getPointsList().stream().map(plane::place).toList())
            .places().stream().map(place -> points.get(place.label())).toList();
    String steps =
        places.stream().map(point -> "V" + height(point) + "H" + width(point)).collect(joining());
    return "M" + frame.left() + " " + height(places.get(0)) + steps + "V" + frame.bottom();
  }

  /** One line for each fine-tuned model that has averages with the base. */
  List<Curve> curves() {
    Map<String, List<TradeOffPoint>> byTuned =
        report.getPointsList().stream()
            .filter(TradeOffPoint::hasAlpha)
            .collect(Collectors.groupingBy(ChartLines::tuned, TreeMap::new, Collectors.toList()));
    return byTuned.entrySet().stream().map(c -> curve(c.getKey(), c.getValue())).toList();
  }

  /** The averages in the order of α, between the base (α = 0) and what was fine-tuned (α = 1). */
  private Curve curve(String tuned, List<TradeOffPoint> averages) {
    Stream<TradeOffPoint> ordered =
        averages.stream().sorted(Comparator.comparingDouble(TradeOffPoint::getAlpha));
    String line =
        Stream.of(
                points(p -> p.getMethod().equals(Point.BASE)),
                ordered,
                points(p -> p.getLabel().equals(tuned)))
            .flatMap(Function.identity())
            .map(p -> width(p) + "," + height(p))
            .collect(joining(" "));
    return new Curve(colours.of(averages.get(0)), line);
  }

  private double width(TradeOffPoint point) {
    return x.at(point.getSpeciality().getValue());
  }

  private double height(TradeOffPoint point) {
    return y.at(point.getGenerality().getValue());
  }

  private Stream<TradeOffPoint> points(Predicate<TradeOffPoint> which) {
    return report.getPointsList().stream().filter(which);
  }

  /** What was fine-tuned: the label without its α. */
  private static String tuned(TradeOffPoint point) {
    return point.getLabel().split(ALPHA, 2)[0];
  }
}
