package dev.kedge.report;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * One model on one suite, sample by sample. Its file is JSON lines: a header, which tells the kinds
 * apart, then one {@link Prediction} a line.
 */
public sealed interface Predictions
    permits ClassPredictions, LanguagePredictions, WrittenPredictions {

  /**
   * Reads a file of any kind.
   *
   * @throws IllegalArgumentException naming the line that is not what it should be
   */
  static Predictions read(InputStream in) {
    return PredictionFile.read(in);
  }

  /** What they measure. */
  Measure measure();

  /** The samples, in the data set's order. */
  List<? extends Prediction> samples();

  /** What the file begins with. */
  Object header();

  /** Writes the file; equal predictions are equal bytes. Leaves the stream open. */
  default void write(OutputStream out) {
    PredictionFile.write(this, out);
  }
}
