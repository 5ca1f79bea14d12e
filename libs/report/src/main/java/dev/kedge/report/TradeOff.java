package dev.kedge.report;

import dev.kedge.report.Frontier.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The trade-off plane on REPORT data: where the points lie as measured, and in each resample.
 * Turned so that more is better.
 */
final class TradeOff {
  private final List<Point> points;
  private final Places measured;
  private final List<Places> drawn;

  private TradeOff(
      List<Point> points, List<Suite> special, List<Suite> general, Resamples resamples) {
    this.points = points;
    Map<String, Place> places = new HashMap<>();
    Map<String, double[]> speciality = new HashMap<>();
    Map<String, double[]> generality = new HashMap<>();
    for (Point point : points) {
      places.put(point.label(), new Place(point.label(), point.gain(special), point.gain(general)));
      speciality.put(point.label(), resamples.gains(point, special));
      generality.put(point.label(), resamples.gains(point, general));
    }
    measured = point -> places.get(point.label());
    drawn =
        IntStream.range(0, CrossedBootstrap.RESAMPLES)
            .mapToObj(resample -> drawn(speciality, generality, resample))
            .toList();
  }

  private static Places drawn(
      Map<String, double[]> speciality, Map<String, double[]> generality, int resample) {
    return point ->
        new Place(
            point.label(),
            speciality.get(point.label())[resample],
            generality.get(point.label())[resample]);
  }

  /** The plane of a study; none where one of the two roles has no REPORT data. */
  static Optional<TradeOff> of(Evidence evidence, Resamples resamples) {
    List<Suite> special = evidence.suites(Role.SPECIALITY, Use.REPORT);
    List<Suite> general = evidence.suites(Role.GENERALITY, Use.REPORT);
    return special.isEmpty() || general.isEmpty()
        ? Optional.empty()
        : Optional.of(new TradeOff(evidence.points(), special, general, resamples));
  }

  /** Where the points lie: one object as measured, and one for every resample. */
  @FunctionalInterface
  interface Places {
    /** The place of a point of the study. */
    Place of(Point point);
  }

  /** Something that follows from the places. */
  static final class Statistic {
    private final double value;
    private final double[] drawn;

    private Statistic(double value, double[] drawn) {
      this.value = value;
      this.drawn = drawn;
    }

    Interval interval() {
      return Interval.percentile(value, drawn);
    }

    /** Two-sided, of its being zero: {@link Resamples#pValue(double[])}. */
    double pValue() {
      return Resamples.pValue(drawn);
    }
  }

  /** The places that were measured. */
  Places measured() {
    return measured;
  }

  /** Asks a question of the measured places and of every resample's. */
  Statistic statistic(ToDoubleFunction<Places> question) {
    double[] answers = drawn.parallelStream().mapToDouble(question).toArray();
    return new Statistic(question.applyAsDouble(measured), answers);
  }

  /** Whether something holds as measured and in every resample. */
  boolean everywhere(Predicate<Places> condition) {
    return condition.test(measured) && drawn.parallelStream().allMatch(condition);
  }

  /** The frontier of some places. */
  Frontier frontier(Places places) {
    return new Frontier(points.stream().map(places::of).toList());
  }
}
