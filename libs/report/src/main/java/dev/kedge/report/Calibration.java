package dev.kedge.report;

import java.util.List;

/**
 * Expected calibration error (Guo et al. 2017): samples are put in equal bins by confidence, bin i
 * holding (i/15, (i+1)/15]; the gap between accuracy and mean confidence, weighted by bin size.
 */
final class Calibration {
  private static final int BINS = 15;

  private Calibration() {}

  static double error(List<ClassPrediction> samples) {
    // In each bin: the sum of (right − confidence).
    double[] gaps = new double[BINS];
    for (ClassPrediction sample : samples) {
      gaps[bin(sample.confidence())] += (sample.right() ? 1 : 0) - sample.confidence();
    }
    double sum = 0;
    for (double gap : gaps) {
      sum += Math.abs(gap);
    }
    return sum / samples.size();
  }

  private static int bin(double confidence) {
    return Math.max(0, (int) Math.ceil(confidence * BINS) - 1);
  }
}
