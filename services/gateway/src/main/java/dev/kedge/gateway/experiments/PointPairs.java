package dev.kedge.gateway.experiments;

import dev.kedge.v1.ComparedPoint;
import dev.kedge.v1.ComparedValues;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Points of two reports that have one label. */
final class PointPairs {
  private final Report first;
  private final Report second;

  private PointPairs(Report first, Report second) {
    this.first = first;
    this.second = second;
  }

  /** Those of the first, then those that the second alone has. */
  static List<ComparedPoint> of(Report first, Report second) {
    Map<String, TradeOffPoint> ofFirst = points(first);
    Map<String, TradeOffPoint> ofSecond = points(second);
    Set<String> labels = new LinkedHashSet<>(ofFirst.keySet());
    labels.addAll(ofSecond.keySet());
    PointPairs pairs = new PointPairs(first, second);
    return labels.stream()
        .map(label -> pairs.pair(label, ofFirst.get(label), ofSecond.get(label)))
        .toList();
  }

  private static Map<String, TradeOffPoint> points(Report report) {
    Map<String, TradeOffPoint> points = new LinkedHashMap<>();
    report.getPointsList().forEach(point -> points.putIfAbsent(point.getLabel(), point));
    return points;
  }

  private ComparedPoint pair(String label, TradeOffPoint a, TradeOffPoint b) {
    ComparedPoint.Builder pair = ComparedPoint.newBuilder().setLabel(label);
    if (a != null) {
      pair.setA(values(a));
    }
    if (b != null) {
      pair.setB(values(b));
    }
    if (a != null && b != null) {
      addDifferences(a, b, pair);
    }
    return pair.build();
  }

  private void addDifferences(TradeOffPoint a, TradeOffPoint b, ComparedPoint.Builder pair) {
    if (a.hasSpeciality()
        && b.hasSpeciality()
        && first.getSpecialityScale().getLowerIsBetter()
            == second.getSpecialityScale().getLowerIsBetter()) {
      pair.setSpecialityDifference(b.getSpeciality().getValue() - a.getSpeciality().getValue());
    }
    if (a.hasGenerality()
        && b.hasGenerality()
        && first.getGeneralityScale().getLowerIsBetter()
            == second.getGeneralityScale().getLowerIsBetter()) {
      pair.setGeneralityDifference(b.getGenerality().getValue() - a.getGenerality().getValue());
    }
  }

  private static ComparedValues values(TradeOffPoint point) {
    ComparedValues.Builder values =
        ComparedValues.newBuilder().setRecommended(point.getRecommended());
    if (point.hasSpeciality()) {
      values.setSpeciality(point.getSpeciality());
    }
    if (point.hasGenerality()) {
      values.setGenerality(point.getGenerality());
    }
    return values.build();
  }
}
