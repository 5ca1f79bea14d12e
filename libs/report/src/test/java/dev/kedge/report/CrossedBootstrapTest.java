package dev.kedge.report;

import static dev.kedge.report.Samples.ART;
import static dev.kedge.report.Samples.PHOTO;
import static dev.kedge.report.Samples.SKETCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrossedBootstrapTest {

  @Test
  void oneRunHasTheSpreadOfItsSamples() {
    Evidence evidence = evidence(Samples.point("full", run(0, Samples.exactly(70, 100))));
    Resamples resamples = CrossedBootstrap.of(evidence, 1);
    Interval interval = resamples.value(evidence.points().get(0), List.of(PHOTO));
    double error = Math.sqrt(0.7 * 0.3 / 100);
    assertThat(interval.value()).isEqualTo(0.7);
    assertThat(interval.low()).isCloseTo(0.7 - 1.96 * error, within(0.01));
    assertThat(interval.high()).isCloseTo(0.7 + 1.96 * error, within(0.01));
  }

  @Test
  void seedsThatDisagreeWidenTheInterval() {
    Run[] alike = {run(0, Samples.exactly(700, 1000)), run(1, Samples.exactly(700, 1000))};
    Run[] apart = {run(0, Samples.exactly(500, 1000)), run(1, Samples.exactly(900, 1000))};
    Evidence evidence = evidence(Samples.point("alike", alike), Samples.point("apart", apart));
    Resamples resamples = CrossedBootstrap.of(evidence, 1);
    assertThat(width(resamples, evidence.points().get(0))).isLessThan(0.06);
    assertThat(width(resamples, evidence.points().get(1))).isGreaterThan(0.38);
  }

  @Test
  void theSameModelTwiceDiffersByNothing() {
    Scores scores = Samples.random(300, 0.6, new SplittableRandom(1));
    Evidence evidence =
        evidence(Samples.point("one", run(0, scores)), Samples.point("two", run(0, scores)));
    Resamples resamples = CrossedBootstrap.of(evidence, 1);
    assertThat(
            resamples.difference(
                evidence.points().get(0), evidence.points().get(1), List.of(PHOTO)))
        .isEqualTo(new Interval(0, 0, 0));
  }

  @Test
  void differencesBetweenPointsArePaired() {
    // 10 of 1000 samples differ: unpaired, the difference would drown in the spread of samples.
    Evidence evidence =
        evidence(
            Samples.point("one", run(0, Samples.exactly(610, 1000))),
            Samples.point("two", run(0, Samples.exactly(600, 1000))));
    Resamples resamples = CrossedBootstrap.of(evidence, 1);
    Point one = evidence.points().get(0);
    Point two = evidence.points().get(1);
    assertThat(resamples.difference(one, two, List.of(PHOTO)).low()).isPositive();
    assertThat(resamples.standardError(one, two, List.of(PHOTO)))
        .isCloseTo(Math.sqrt(0.01 * 0.99 / 1000), within(2e-4));
  }

  @Test
  void theSeedOfTheBootstrapAloneDecides() {
    Evidence evidence = evidence(Samples.point("full", run(0, Samples.exactly(70, 100))));
    Point point = evidence.points().get(0);
    Interval first = CrossedBootstrap.of(evidence, 7).value(point, List.of(PHOTO));
    Interval again = CrossedBootstrap.of(evidence, 7).value(point, List.of(PHOTO));
    assertThat(again).isEqualTo(first);
  }

  @Test
  void suitesCountEquallyWhateverTheirSize() {
    Run run =
        Samples.run("full", 0, Map.of(ART, Samples.exactly(1, 2), SKETCH, Samples.exactly(0, 98)));
    Evidence evidence = new Evidence(List.of(ART, SKETCH), List.of(Samples.point("full", run)), "");
    assertThat(evidence.points().get(0).value(List.of(ART, SKETCH))).isEqualTo(0.25);
  }

  @Test
  void whereASeedIsMissingTheOthersCountAlike() {
    Point whole = Samples.point("whole", fiveRuns());
    Point lacking = Samples.point("lacking", Arrays.copyOf(fiveRuns(), 4));
    Resamples resamples = CrossedBootstrap.of(evidence(whole, lacking), 1);
    double mean = Arrays.stream(resamples.gains(lacking, List.of(PHOTO))).average().orElseThrow();
    assertThat(mean).isCloseTo(lacking.value(PHOTO), within(0.005)).isCloseTo(0.6, within(0.005));
  }

  private static Run[] fiveRuns() {
    return IntStream.range(0, 5)
        .mapToObj(seed -> run(seed, Samples.exactly(seed == 0 ? 900 : 500, 1000)))
        .toArray(Run[]::new);
  }

  @Test
  void aRunOnOtherSamplesIsRefused() {
    Run one = run(0, Samples.exactly(5, 10));
    Run two = run(1, Samples.exactly(5, 11));
    assertThatThrownBy(() -> evidence(Samples.point("full", one, two)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'run1' saw other samples than others of suite 'photo'");
  }

  @Test
  void aRunWithoutASuiteIsRefused() {
    Run run = run(0, Samples.exactly(5, 10));
    assertThatThrownBy(
            () -> new Evidence(List.of(PHOTO, ART), List.of(Samples.point("full", run)), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'run0' was not evaluated on suite 'art'");
  }

  private static double width(Resamples resamples, Point point) {
    Interval interval = resamples.value(point, List.of(PHOTO));
    return interval.high() - interval.low();
  }

  private static Run run(long seed, Scores scores) {
    return Samples.run("run" + seed, seed, Map.of(PHOTO, scores));
  }

  private static Evidence evidence(Point... points) {
    return new Evidence(List.of(PHOTO), List.of(points), "");
  }
}
