package dev.kedge.report;

import java.util.ArrayList;
import java.util.Arrays;
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

  /** No run: what {@code indexOf} says. */
  private static final int MISSING = -1;

  private final Evidence evidence;
  private final long seed;
  private final int seeds;
  private final List<int[]> runOfSeed;
  private final boolean someMissing;
  private final List<List<Tally[]>> tallies;

  private CrossedBootstrap(Evidence evidence, long seed) {
    this.evidence = evidence;
    this.seed = seed;
    List<Long> all = evidence.seeds();
    seeds = Math.max(1, all.size());
    runOfSeed = evidence.points().stream().map(point -> runOfSeed(point, all)).toList();
    someMissing =
        runOfSeed.stream().anyMatch(runs -> Arrays.stream(runs).anyMatch(run -> run == MISSING));
    tallies = evidence.points().stream().map(this::tallies).toList();
  }

  /** Resamples all suites of the evidence. */
  public static Resamples of(Evidence evidence, long seed) {
    return new CrossedBootstrap(evidence, seed).resample();
  }

  private Resamples resample() {
    int points = evidence.points().size();
    double[][][] values = new double[points][evidence.suites().size()][RESAMPLES];
    // One resample has its own random numbers, so the order of the work does not matter.
    SplittableRandom root = new SplittableRandom(seed);
    SplittableRandom[] streams =
        Stream.generate(root::split).limit(RESAMPLES).toArray(SplittableRandom[]::new);
    IntStream.range(0, RESAMPLES).parallel().forEach(r -> resample(r, streams[r], values));
    return new Resamples(evidence, values);
  }

  private void resample(int r, SplittableRandom random, double[][][] values) {
    int[] drawnSeeds = random.ints(seeds, 0, seeds).toArray();
    double[] substitutes = someMissing ? random.doubles(seeds).toArray() : new double[seeds];
    for (int s = 0; s < evidence.suites().size(); s++) {
      SampleDraw draw = new SampleDraw(tallies.get(0).get(s)[0].samples());
      draw.redraw(random::nextInt);
      for (int p = 0; p < values.length; p++) {
        Tally[] runs = tallies.get(p).get(s);
        values[p][s][r] = value(draw, runs, runOfSeed.get(p), drawnSeeds, substitutes);
      }
    }
  }

  private static double value(
      SampleDraw draw, Tally[] runs, int[] runOfSeed, int[] seeds, double[] substitutes) {
    double[] values = new double[runs.length];
    for (int run = 0; run < runs.length; run++) {
      values[run] = runs[run].value(draw);
    }
    double sum = 0;
    for (int i = 0; i < seeds.length; i++) {
      int run = runOfSeed[seeds[i]];
      sum += values[run == MISSING ? (int) (substitutes[i] * runs.length) : run];
    }
    return sum / seeds.length;
  }

  /**
   * Which run answers for each seed: the one trained with it. Of a point without seeds (the base,
   * an average over seeds) the runs take turns; where a seed is missing, each resample draws one of
   * the point's others, so that all of them count alike, as in the point's mean.
   */
  private static int[] runOfSeed(Point point, List<Long> seeds) {
    List<OptionalLong> own = point.runs().stream().map(Run::seed).toList();
    boolean seedless = own.stream().allMatch(OptionalLong::isEmpty);
    int[] runs = new int[Math.max(1, seeds.size())];
    for (int i = 0; i < seeds.size(); i++) {
      runs[i] = seedless ? i % own.size() : own.indexOf(OptionalLong.of(seeds.get(i)));
    }
    return runs;
  }

  private List<Tally[]> tallies(Point point) {
    List<Tally[]> bySuite = new ArrayList<>();
    for (Suite suite : evidence.suites()) {
      bySuite.add(
          point.runs().stream()
              .map(run -> run.scores().get(suite.id()).tally())
              .toArray(Tally[]::new));
    }
    return bySuite;
  }
}
