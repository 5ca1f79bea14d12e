package dev.kedge.report;

import dev.kedge.report.EffectiveRobustness.Baseline;
import dev.kedge.report.Frontier.Place;
import dev.kedge.report.TradeOff.Places;
import dev.kedge.report.TradeOff.Statistic;
import dev.kedge.v1.RobustnessLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * {@link EffectiveRobustness} of a study's points: the line goes through its fine-tuned points that
 * are no averages, and is fitted anew in every resample.
 */
final class StudyRobustness {
  /** Through two points every line is exact, and says nothing of them. */
  private static final int LEAST_BASELINES = 3;

  private final TradeOff plane;
  private final List<Point> baselines;
  private final String missing;
  private final Map<Places, EffectiveRobustness> fitted = new ConcurrentHashMap<>();

  StudyRobustness(Evidence evidence, TradeOff plane) {
    this.plane = plane;
    this.baselines =
        evidence.points().stream()
            .filter(point -> !point.isBase() && point.average().isEmpty())
            .toList();
    this.missing = missing(evidence);
  }

  /** The line as measured, or why there is none. */
  RobustnessLine line() {
    RobustnessLine.Builder line = RobustnessLine.newBuilder().setMissing(missing);
    if (missing.isEmpty()) {
      EffectiveRobustness fitted = fitted(plane.measured());
      line.setSlope(fitted.slope()).setIntercept(fitted.intercept());
      baselines.forEach(point -> line.addBaselines(point.label()));
    }
    return line.build();
  }

  /** What a point has beyond the line. */
  Optional<Interval> of(Point point) {
    if (!missing.isEmpty() || !plane.everywhere(at -> isInside(at.of(point)))) {
      return Optional.empty();
    }
    Statistic beyond =
        plane.statistic(at -> fitted(at).of(at.of(point).speciality(), at.of(point).generality()));
    return Optional.of(beyond.interval());
  }

  private String missing(Evidence evidence) {
    boolean accuracies =
        Stream.of(Role.values())
            .allMatch(role -> Scale.of(evidence.suites(role, Use.REPORT)) == Scale.SHARE);
    if (!accuracies) {
      return "it is a matter of accuracies, and this study measures bits per byte";
    }
    if (baselines.size() < LEAST_BASELINES) {
      return "the line takes %d fine-tuned points that are no averages, and this study has %d"
          .formatted(LEAST_BASELINES, baselines.size());
    }
    return plane.everywhere(this::makesLine)
        ? ""
        : "the fine-tuned points, or resamples of them, are all of one speciality, or right on"
            + " nothing or on everything";
  }

  private boolean makesLine(Places at) {
    List<Place> places = baselines.stream().map(at::of).toList();
    return places.stream().allMatch(StudyRobustness::isInside)
        && places.stream().mapToDouble(Place::speciality).distinct().count() > 1;
  }

  private static boolean isInside(Place place) {
    return place.speciality() > 0
        && place.speciality() < 1
        && place.generality() > 0
        && place.generality() < 1;
  }

  /** One line for all points. */
  private EffectiveRobustness fitted(Places at) {
    return fitted.computeIfAbsent(at, this::fit);
  }

  private EffectiveRobustness fit(Places at) {
    return EffectiveRobustness.of(
        baselines.stream()
            .map(at::of)
            .map(place -> new Baseline(place.speciality(), place.generality()))
            .toList());
  }
}
