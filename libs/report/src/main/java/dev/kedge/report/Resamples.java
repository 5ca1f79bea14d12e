package dev.kedge.report;

import java.util.Arrays;
import java.util.List;

/** What a bootstrap drew: for every point and suite, the measure in each resample. */
public final class Resamples {
  /** No p value is smaller. */
  static final double SMALLEST_P_VALUE = 2.0 / (CrossedBootstrap.RESAMPLES + 1);

  private final Evidence evidence;
  private final double[][][] values;

  /** Takes {@code values [points][suites][resamples]}. */
  Resamples(Evidence evidence, double[][][] values) {
    this.evidence = evidence;
    this.values = values;
  }

  /** What the suites measure at a point, mean over them. */
  public Interval value(Point point, List<Suite> suites) {
    return Interval.percentile(point.value(suites), drawn(point, suites));
  }

  /** The paired difference {@code point − other}, mean over the suites. */
  public Interval difference(Point point, Point other, List<Suite> suites) {
    double value = point.value(suites) - other.value(suites);
    return Interval.percentile(value, drawnDifference(point, other, suites));
  }

  /**
   * Two-sided p value of the paired difference: twice the smaller share of resamples on one side of
   * zero, ties on both, the data themselves counted as one resample.
   */
  public double pValue(Point point, Point other, List<Suite> suites) {
    return pValue(drawnDifference(point, other, suites));
  }

  static double pValue(double[] differences) {
    double below = Arrays.stream(differences).filter(difference -> difference <= 0).count() + 1;
    double above = Arrays.stream(differences).filter(difference -> difference >= 0).count() + 1;
    return Math.min(1, 2 * Math.min(below, above) / (differences.length + 1));
  }

  /** Standard error of the paired difference between two points. */
  public double standardError(Point point, Point other, List<Suite> suites) {
    double[] differences = drawnDifference(point, other, suites);
    double mean = 0;
    for (double difference : differences) {
      mean += difference / differences.length;
    }
    double squares = 0;
    for (double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    return Math.sqrt(squares / (differences.length - 1));
  }

  /** What the suites measure at a point in each resample, turned so that more is better. */
  double[] gains(Point point, List<Suite> suites) {
    Scale scale = Scale.of(suites);
    return Arrays.stream(drawn(point, suites)).map(scale::gain).toArray();
  }

  private double[] drawnDifference(Point point, Point other, List<Suite> suites) {
    double[] difference = drawn(point, suites);
    double[] subtrahend = drawn(other, suites);
    for (int r = 0; r < difference.length; r++) {
      difference[r] -= subtrahend[r];
    }
    return difference;
  }

  private double[] drawn(Point point, List<Suite> suites) {
    double[][] ofPoint = values[evidence.points().indexOf(point)];
    double[] mean = new double[ofPoint[0].length];
    for (Suite suite : suites) {
      double[] ofSuite = ofPoint[evidence.suites().indexOf(suite)];
      for (int r = 0; r < mean.length; r++) {
        mean[r] += ofSuite[r] / suites.size();
      }
    }
    return mean;
  }
}
