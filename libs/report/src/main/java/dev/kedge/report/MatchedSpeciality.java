package dev.kedge.report;

import dev.kedge.report.Frontier.Place;
import dev.kedge.report.TradeOff.Places;
import dev.kedge.report.TradeOff.Statistic;
import dev.kedge.v1.AverageComparison;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.MatchedComparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The primary comparison: generality at the same speciality, paired on the same draws. Which points
 * a method's curve goes through is chosen on SELECT data alone.
 */
final class MatchedSpeciality {
  /**
   * What a method is compared with.
   *
   * @param points those that its curve goes through, beside the base
   * @param speciality where the two are compared, if the method reaches it
   */
  private record Other(List<Point> points, Curve curve, ToDoubleFunction<Places> speciality) {}

  private final Evidence evidence;
  private final TradeOff plane;
  private final Point reference;

  private MatchedSpeciality(Evidence evidence, TradeOff plane, Point reference) {
    this.evidence = evidence;
    this.plane = plane;
    this.reference = reference;
  }

  /** The comparisons of a study; none without a reference, which makes nothing to compare with. */
  static Optional<MatchedSpeciality> of(Evidence evidence, TradeOff plane) {
    return evidence
        .referencePoint()
        .filter(point -> !point.isBase())
        .map(point -> new MatchedSpeciality(evidence, plane, point));
  }

  /** Whether SELECT data speaks of both roles, so that points can be chosen by it. */
  static boolean canChoose(Evidence evidence) {
    return Stream.of(Role.values()).noneMatch(role -> evidence.suites(role, Use.SELECT).isEmpty());
  }

  /** Every method and every average of one beside the reference, in the order of the evidence. */
  List<MatchedComparison> withReference() {
    Map<String, List<Point>> ways = evidence.ways();
    ways.remove(reference.way());
    List<Point> itself = List.of(reference);
    Other other = new Other(itself, curve(itself), at -> at.of(reference).speciality());
    return family(ways, unused -> other);
  }

  /**
   * Every method as it is beside every average of the reference's method that has an α, such as
   * WiSE-FT; both have equally many points to choose from.
   */
  List<AverageComparison> withAverages() {
    Map<String, List<Point>> methods = evidence.ways();
    methods.remove(reference.way());
    methods.values().removeIf(points -> !points.get(0).average().isEmpty());
    return evidence.ways().entrySet().stream()
        .filter(way -> way.getValue().stream().allMatch(this::averagesReference))
        .map(way -> withAverage(way.getKey(), way.getValue(), methods))
        .filter(comparison -> comparison.getMethodsCount() > 0)
        .toList();
  }

  private boolean averagesReference(Point point) {
    return point.method().equals(reference.method())
        && !point.average().isEmpty()
        && point.alpha().isPresent();
  }

  private AverageComparison withAverage(
      String way, List<Point> average, Map<String, List<Point>> methods) {
    Map<String, List<Point>> even = new LinkedHashMap<>();
    methods.forEach((method, points) -> even.put(method, spread(points, average.size())));
    return AverageComparison.newBuilder()
        .setLabel(way)
        .addAllMethods(family(even, count -> average(spread(average, count))))
        .build();
  }

  private Other average(List<Point> candidates) {
    List<Point> points = chosen(candidates);
    Curve curve = curve(points);
    return new Other(points, curve, curve::reach);
  }

  /** At most so many of the points, evenly spread over their order. */
  private static List<Point> spread(List<Point> points, int count) {
    return count >= points.size()
        ? points
        : IntStream.rangeClosed(1, count)
            .mapToObj(i -> points.get(Math.round(i * (points.size() + 1f) / (count + 1)) - 1))
            .toList();
  }

  /** Comparisons whose tests are corrected together. */
  private List<MatchedComparison> family(
      Map<String, List<Point>> ways, IntFunction<Other> otherOfSoMany) {
    List<MatchedComparison.Builder> compared = new ArrayList<>();
    ways.forEach(
        (way, points) -> compared.add(compare(way, points, otherOfSoMany.apply(points.size()))));
    List<Double> adjusted =
        Holm.adjusted(compared.stream().map(one -> one.getTest().getPValue()).toList());
    for (int i = 0; i < adjusted.size(); i++) {
      compared.get(i).getTestBuilder().setAdjustedPValue(adjusted.get(i));
    }
    return compared.stream().map(MatchedComparison.Builder::build).toList();
  }

  private MatchedComparison.Builder compare(String way, List<Point> candidates, Other other) {
    List<Point> chosen = chosen(candidates);
    Curve curve = curve(chosen);
    Scale special = Scale.of(evidence.suites(Role.SPECIALITY, Use.REPORT));
    Scale general = Scale.of(evidence.suites(Role.GENERALITY, Use.REPORT));
    ToDoubleFunction<Places> matched =
        at -> Math.min(curve.reach(at), other.speciality().applyAsDouble(at));
    ToDoubleFunction<Places> mine =
        at -> general.value(curve.generality(matched.applyAsDouble(at), at));
    ToDoubleFunction<Places> others =
        at -> general.value(other.curve().generality(matched.applyAsDouble(at), at));
    Statistic difference = plane.statistic(at -> mine.applyAsDouble(at) - others.applyAsDouble(at));
    MatchedComparison.Builder comparison =
        MatchedComparison.newBuilder()
            .setLabel(way)
            .setCandidates(candidates.size())
            .setSpeciality(estimate(at -> special.value(matched.applyAsDouble(at))))
            .setGenerality(estimate(mine))
            .setReferenceGenerality(estimate(others))
            .setDifference(Answer.estimate(difference.interval()));
    chosen.forEach(point -> comparison.addPoints(point.label()));
    other.points().forEach(point -> comparison.addReferencePoints(point.label()));
    comparison.getTestBuilder().setPValue(difference.pValue());
    return comparison;
  }

  private Estimate estimate(ToDoubleFunction<Places> value) {
    return Answer.estimate(plane.statistic(value).interval());
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
