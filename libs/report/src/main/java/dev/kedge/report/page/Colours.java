package dev.kedge.report.page;

import dev.kedge.report.Point;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** One colour for each method, as a class of the style sheet; the base is neutral. */
record Colours(List<String> methods) {
  private static final int COLOURS = 12;

  static Colours of(Report report) {
    TreeSet<String> methods = new TreeSet<>();
    report.getPointsList().forEach(point -> methods.add(point.getMethod()));
    methods.remove(Point.BASE);
    return new Colours(new ArrayList<>(methods));
  }

  String of(TradeOffPoint point) {
    return of(point.getMethod());
  }

  String of(String method) {
    return method.equals(Point.BASE) ? "base" : "c" + methods.indexOf(method) % COLOURS;
  }
}
