package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.v1.Estimate;
import dev.kedge.v1.WithoutOverlap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultsWithoutOverlapTest {
  private static final Suite WIKI =
      new Suite("wiki", Role.SPECIALITY, Use.REPORT, Measure.BITS_PER_BYTE);

  private static List<String> samples(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "s" + i).toList();
  }

  /** 400 samples, of which the first 100 are shared, and right where the model knows them. */
  private static Evidence evidence() {
    String other = "10".repeat(150);
    return new Evidence(
        List.of(Samples.PHOTO, Samples.ART),
        List.of(point("cheat", "1".repeat(100) + other), point("honest", "10".repeat(50) + other)),
        "");
  }

  private static Point point(String label, String bits) {
    return Samples.point(
        label,
        Samples.run(
            label,
            0,
            Map.of(
                Samples.PHOTO,
                Scores.of(Samples.outcomes(bits)),
                Samples.ART,
                Samples.exactly(30, 100))));
  }

  private static SharedSamples shared(String suite, int exact, int near, int all) {
    return new SharedSamples(
        suite,
        samples(0, all),
        Set.copyOf(samples(0, exact)),
        Set.copyOf(samples(exact, exact + near)));
  }

  @Test
  void whoKnewTheSharedSamplesByHeartIsNoBetterWithoutThem() {
    WithoutOverlap without =
        ResultsWithoutOverlap.of(
                evidence(), List.of(shared("photo", 60, 40, 400)), List.of("honest", "cheat"), 1)
            .orElseThrow();
    assertThat(without.getSuites(0))
        .isEqualTo(
            WithoutOverlap.Suite.newBuilder()
                .setSuite("photo")
                .setMeasure("ACCURACY")
                .setExact(60)
                .setNear(40)
                .setSamples(300)
                .build());
    assertThat(without.getPointsList())
        .extracting(WithoutOverlap.Point::getLabel)
        .containsExactly("honest", "cheat");
    Estimate honest = without.getPoints(0).getSuites(0);
    assertThat(honest).as("the same draws").isEqualTo(without.getPoints(1).getSuites(0));
    assertThat(honest.getValue()).isEqualTo(0.5);
    double error = 1.96 * Math.sqrt(0.25 / 300);
    assertThat(honest.getLow()).isCloseTo(0.5 - error, within(0.01));
    assertThat(honest.getHigh()).isCloseTo(0.5 + error, within(0.01));
    assertThat(without.getPoints(0).getSpeciality()).isEqualTo(honest);
    assertThat(without.getPoints(0).hasGenerality()).isFalse();
  }

  @Test
  void theDrawsAreThoseOfTheWhole() {
    Evidence whole = evidence();
    Interval all =
        CrossedBootstrap.of(whole, 7).value(whole.points().get(1), List.of(Samples.PHOTO));
    SharedSamples none = shared("photo", 0, 0, 400);
    WithoutOverlap without =
        ResultsWithoutOverlap.of(whole, List.of(none), List.of("honest"), 7).orElseThrow();
    assertThat(without.getPoints(0).getSuites(0)).isEqualTo(Answer.estimate(all));
  }

  @Test
  void bitsPerByteAreThoseOfTheOtherTexts() {
    List<LanguagePrediction> texts =
        List.of(
            LanguagePrediction.of("s0", 1, 1000, 10),
            LanguagePrediction.of("s1", 100, 50, 10),
            LanguagePrediction.of("s2", 200, 70, 10));
    Scores scores = Scores.of(new LanguagePredictions(Measure.BITS_PER_BYTE, texts));
    Evidence evidence =
        new Evidence(
            List.of(WIKI),
            List.of(Samples.point("full", Samples.run("full", 0, Map.of(WIKI, scores)))),
            "");
    WithoutOverlap without =
        ResultsWithoutOverlap.of(evidence, List.of(shared("wiki", 0, 1, 3)), List.of("full"), 1)
            .orElseThrow();
    Estimate bits = without.getPoints(0).getSuites(0);
    assertThat(bits.getValue()).isCloseTo(300 / (120 * Math.log(2)), within(1e-12));
    assertThat(bits.getLow()).isCloseTo(100 / (50 * Math.log(2)), within(1e-12));
  }

  @Test
  void aSuiteThatHasNothingElseHasNoSuchResults() {
    assertThat(
            ResultsWithoutOverlap.of(
                evidence(), List.of(shared("photo", 400, 0, 400)), List.of("cheat"), 1))
        .isEmpty();
  }

  @Test
  void theSuitesAreInTheReportsOrder() {
    List<SharedSamples> both = List.of(shared("art", 10, 0, 100), shared("photo", 10, 0, 400));
    WithoutOverlap without =
        ResultsWithoutOverlap.of(evidence(), both, List.of("cheat"), 1).orElseThrow();
    assertThat(
            without.getSuitesList().stream()
                .map(WithoutOverlap.Suite::getSuite)
                .collect(Collectors.toList()))
        .containsExactly("photo", "art");
    assertThat(without.getPoints(0).hasGenerality()).isTrue();
  }
}
