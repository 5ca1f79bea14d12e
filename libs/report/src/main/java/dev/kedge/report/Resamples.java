package dev.kedge.report;

import java.util.List;

/** The accuracies that a bootstrap drew: for every point and suite, one in each resample. */
public final class Resamples {
  private final Evidence evidence;
  private final double[][][] shares;

  /** Takes {@code shares [points][suites][resamples]}. */
  Resamples(Evidence evidence, double[][][] shares) {
    this.evidence = evidence;
    this.shares = shares;
  }

  /** A point's accuracy, mean over the suites. */
  public Interval accuracy(Point point, List<Suite> suites) {
    return Interval.percentile(point.accuracy(suites), drawn(point, suites));
  }

  /** The paired difference {@code point − other} in accuracy, mean over the suites. */
  public Interval difference(Point point, Point other, List<Suite> suites) {
    double value = point.accuracy(suites) - other.accuracy(suites);
    return Interval.percentile(value, drawnDifference(point, other, suites));
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

  private double[] drawnDifference(Point point, Point other, List<Suite> suites) {
    double[] difference = drawn(point, suites);
    double[] subtrahend = drawn(other, suites);
    for (int r = 0; r < difference.length; r++) {
      difference[r] -= subtrahend[r];
    }
    return difference;
  }

  private double[] drawn(Point point, List<Suite> suites) {
    double[][] ofPoint = shares[evidence.points().indexOf(point)];
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
