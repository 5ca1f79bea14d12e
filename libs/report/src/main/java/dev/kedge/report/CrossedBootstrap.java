package dev.kedge.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Resamples seeds and samples at once (crossed, as they are), samples within each suite, with the
 * same draws for every point: so differences between points are paired. A function of its seed.
 */
public final class CrossedBootstrap {
  /** How often is resampled. */
  public static final int RESAMPLES = 10_000;

  private final Evidence evidence;
  private final long seed;
  private final int seeds;
  private final List<int[]> runOfSeed;
  private final List<List<Outcomes[]>> outcomes;

  private CrossedBootstrap(Evidence evidence, long seed) {
    this.evidence = evidence;
    this.seed = seed;
    List<Long> all = evidence.seeds();
    seeds = Math.max(1, all.size());
    runOfSeed = evidence.points().stream().map(point -> runOfSeed(point, all)).toList();
    outcomes = evidence.points().stream().map(this::outcomes).toList();
  }

  /** Resamples all suites of the evidence. */
  public static Resamples of(Evidence evidence, long seed) {
    return new CrossedBootstrap(evidence, seed).resample();
  }

  private Resamples resample() {
    int points = evidence.points().size();
    double[][][] shares = new double[points][evidence.suites().size()][RESAMPLES];
    // One resample has its own random numbers, so the order of the work does not matter.
    SplittableRandom root = new SplittableRandom(seed);
    SplittableRandom[] streams =
        Stream.generate(root::split).limit(RESAMPLES).toArray(SplittableRandom[]::new);
    IntStream.range(0, RESAMPLES).parallel().forEach(r -> resample(r, streams[r], shares));
    return new Resamples(evidence, shares);
  }

  private void resample(int r, SplittableRandom random, double[][][] shares) {
    int[] drawnSeeds = random.ints(seeds, 0, seeds).toArray();
    for (int s = 0; s < evidence.suites().size(); s++) {
      SampleDraw draw = new SampleDraw(outcomes.get(0).get(s)[0].samples());
      draw.redraw(random::nextInt);
      for (int p = 0; p < shares.length; p++) {
        shares[p][s][r] = share(draw, outcomes.get(p).get(s), runOfSeed.get(p), drawnSeeds);
      }
    }
  }

  private static double share(SampleDraw draw, Outcomes[] runs, int[] runOfSeed, int[] seeds) {
    double[] shares = new double[runs.length];
    for (int run = 0; run < runs.length; run++) {
      shares[run] = draw.share(runs[run]);
    }
    double sum = 0;
    for (int seed : seeds) {
      sum += shares[runOfSeed[seed]];
    }
    return sum / seeds.length;
  }

  /**
   * Which run answers for each seed: the one trained with it; where there is none (the base,
   * averages over seeds, a seed that was skipped) the point's runs take turns.
   */
  private static int[] runOfSeed(Point point, List<Long> seeds) {
    List<OptionalLong> own = point.runs().stream().map(Run::seed).toList();
    int[] runs = new int[Math.max(1, seeds.size())];
    for (int i = 0; i < seeds.size(); i++) {
      int match = own.indexOf(OptionalLong.of(seeds.get(i)));
      runs[i] = match >= 0 ? match : i % own.size();
    }
    return runs;
  }

  private List<Outcomes[]> outcomes(Point point) {
    List<Outcomes[]> bySuite = new ArrayList<>();
    for (Suite suite : evidence.suites()) {
      bySuite.add(
          point.runs().stream()
              .map(run -> run.scores().get(suite.id()).outcomes())
              .toArray(Outcomes[]::new));
    }
    return bySuite;
  }
}
