package dev.kedge.report;

import dev.kedge.v1.Comparison;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.PairedTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Points against one other, in speciality and in generality, paired on the same draws. The tests
 * are corrected together.
 */
final class PairedComparisons {
  private final Resamples resamples;
  private final Map<Point, Comparison.Builder> byPoint = new HashMap<>();
  private final List<Double> pValues = new ArrayList<>();
  private final List<PairedTest.Builder> tests = new ArrayList<>();

  private PairedComparisons(Resamples resamples) {
    this.resamples = resamples;
  }

  /** Compares the points with the other; with nothing where that was not measured. */
  static PairedComparisons with(
      Optional<Point> other, List<Point> points, Evidence evidence, Resamples resamples) {
    PairedComparisons comparisons = new PairedComparisons(resamples);
    other.ifPresent(point -> comparisons.compare(points, evidence, point));
    return comparisons;
  }

  /** The point's comparison; empty for the other itself. */
  Optional<Comparison> of(Point point) {
    return Optional.ofNullable(byPoint.get(point)).map(Comparison.Builder::build);
  }

  private void compare(List<Point> points, Evidence evidence, Point other) {
    List<Suite> speciality = evidence.suites(Role.SPECIALITY, Use.REPORT);
    List<Suite> generality = evidence.suites(Role.GENERALITY, Use.REPORT);
    for (Point point : points) {
      if (!point.equals(other)) {
        Comparison.Builder comparison = Comparison.newBuilder();
        byPoint.put(point, comparison);
        if (!speciality.isEmpty()) {
          comparison.setSpeciality(difference(point, other, speciality));
          test(point, other, speciality, comparison.getSpecialityTestBuilder());
        }
        if (!generality.isEmpty()) {
          comparison.setGenerality(difference(point, other, generality));
          test(point, other, generality, comparison.getGeneralityTestBuilder());
        }
      }
    }
    correct();
  }

  private Estimate difference(Point point, Point other, List<Suite> suites) {
    return Answer.estimate(resamples.difference(point, other, suites));
  }

  private void test(Point point, Point other, List<Suite> suites, PairedTest.Builder test) {
    double p = resamples.pValue(point, other, suites);
    pValues.add(p);
    tests.add(test.setPValue(p));
  }

  private void correct() {
    List<Double> adjusted = Holm.adjusted(pValues);
    for (int i = 0; i < adjusted.size(); i++) {
      tests.get(i).setAdjustedPValue(adjusted.get(i));
    }
  }
}
