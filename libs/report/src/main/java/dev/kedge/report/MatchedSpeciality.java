package dev.kedge.report;

import dev.kedge.report.Frontier.Place;
import dev.kedge.report.TradeOff.Places;
import dev.kedge.report.TradeOff.Statistic;
import dev.kedge.v1.MatchedComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The primary comparison: every method and every average of one against the reference, in
 * generality at the same speciality, paired on the same draws. Which points a method's curve goes
 * through is chosen on SELECT data alone.
 */
final class MatchedSpeciality {
  private final Evidence evidence;
  private final TradeOff plane;
  private final Point reference;
  private final Curve ofReference;

  private MatchedSpeciality(Evidence evidence, TradeOff plane, Point reference) {
    this.evidence = evidence;
    this.plane = plane;
    this.reference = reference;
    this.ofReference = curve(List.of(reference));
  }

  /** All comparisons, in the order of the evidence; none without a reference. */
  static List<MatchedComparison> of(Evidence evidence, TradeOff plane) {
    Optional<Point> reference = evidence.referencePoint().filter(point -> !point.isBase());
    return reference
        .map(point -> new MatchedSpeciality(evidence, plane, point).all())
        .orElse(List.of());
  }

  /** Whether SELECT data speaks of both roles, so that points can be chosen by it. */
  static boolean canChoose(Evidence evidence) {
    return Stream.of(Role.values()).noneMatch(role -> evidence.suites(role, Use.SELECT).isEmpty());
  }

  private List<MatchedComparison> all() {
    List<MatchedComparison.Builder> compared = new ArrayList<>();
    Map<String, List<Point>> ways = evidence.ways();
    ways.remove(reference.way());
    ways.forEach((way, candidates) -> compared.add(compare(way, candidates)));
    List<Double> adjusted =
        Holm.adjusted(compared.stream().map(one -> one.getTest().getPValue()).toList());
    for (int i = 0; i < adjusted.size(); i++) {
      compared.get(i).getTestBuilder().setAdjustedPValue(adjusted.get(i));
    }
    return compared.stream().map(MatchedComparison.Builder::build).toList();
  }

  private MatchedComparison.Builder compare(String way, List<Point> candidates) {
    List<Point> chosen = chosen(candidates);
    Curve curve = curve(chosen);
    Scale special = Scale.of(evidence.suites(Role.SPECIALITY, Use.REPORT));
    Scale general = Scale.of(evidence.suites(Role.GENERALITY, Use.REPORT));
    Statistic speciality = plane.statistic(at -> special.value(matched(curve, at)));
    Statistic mine = plane.statistic(at -> general.value(generality(curve, curve, at)));
    Statistic others = plane.statistic(at -> general.value(generality(ofReference, curve, at)));
    Statistic difference =
        plane.statistic(
            at ->
                general.value(generality(curve, curve, at))
                    - general.value(generality(ofReference, curve, at)));
    MatchedComparison.Builder comparison =
        MatchedComparison.newBuilder()
            .setLabel(way)
            .setCandidates(candidates.size())
            .setSpeciality(Answer.estimate(speciality.interval()))
            .setGenerality(Answer.estimate(mine.interval()))
            .setReferenceGenerality(Answer.estimate(others.interval()))
            .setDifference(Answer.estimate(difference.interval()));
    chosen.forEach(point -> comparison.addPoints(point.label()));
    comparison.getTestBuilder().setPValue(difference.pValue());
    return comparison;
  }

  /** The reference's speciality, or the most that the curve reaches if that is less. */
  private double matched(Curve curve, Places at) {
    return Math.min(curve.reach(at), at.of(reference).speciality());
  }

  private double generality(Curve asked, Curve matched, Places at) {
    return asked.generality(matched(matched, at), at);
  }

  private Curve curve(List<Point> points) {
    return new Curve(Stream.concat(evidence.base().stream(), points.stream()).toList());
  }

  private List<Point> chosen(List<Point> candidates) {
    if (!canChoose(evidence)) {
      return candidates;
    }
    List<Suite> special = evidence.suites(Role.SPECIALITY, Use.SELECT);
    List<Suite> general = evidence.suites(Role.GENERALITY, Use.SELECT);
    Frontier frontier =
        new Frontier(
            candidates.stream()
                .map(p -> new Place(p.label(), p.gain(special), p.gain(general)))
                .toList());
    return candidates.stream().filter(point -> frontier.contains(point.label())).toList();
  }
}
