package dev.kedge.report;

import java.util.Arrays;
import java.util.List;

/**
 * Bits per byte of a suite: Σ nats / (Σ bytes · ln 2). A ratio of sums, so long samples count for
 * more, as they do in a text that is read as a whole.
 */
final class Costs implements Tally {
  private static final double NATS_OF_A_BIT = Math.log(2);

  private final double[] nats;
  private final double[] bytes;

  private Costs(double[] nats, double[] bytes) {
    this.nats = nats;
    this.bytes = bytes;
  }

  static Costs of(List<LanguagePrediction> samples) {
    return new Costs(
        samples.stream().mapToDouble(LanguagePrediction::nats).toArray(),
        samples.stream().mapToDouble(LanguagePrediction::bytes).toArray());
  }

  @Override
  public int samples() {
    return nats.length;
  }

  @Override
  public double value() {
    return bitsPerByte(Arrays.stream(nats).sum(), Arrays.stream(bytes).sum());
  }

  @Override
  public double value(SampleDraw draw) {
    return bitsPerByte(draw.sum(nats), draw.sum(bytes));
  }

  private static double bitsPerByte(double nats, double bytes) {
    return nats / (bytes * NATS_OF_A_BIT);
  }
}
