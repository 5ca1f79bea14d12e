package dev.kedge.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
    double drawn = draw.sum(bytes);
    return drawn == 0 ? value() : bitsPerByte(draw.sum(nats), drawn);
  }

  /** What is left out costs nothing and has no bytes. */
  @Override
  public Tally among(Outcomes kept) {
    return new Costs(among(nats, kept), among(bytes, kept));
  }

  private static double[] among(double[] values, Outcomes kept) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> kept.isRight(i) ? values[i] : 0)
        .toArray();
  }

  private static double bitsPerByte(double nats, double bytes) {
    return nats / (bytes * NATS_OF_A_BIT);
  }
}
