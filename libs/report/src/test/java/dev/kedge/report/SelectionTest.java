package dev.kedge.report;

import static dev.kedge.report.Samples.ART;
import static dev.kedge.report.Samples.ART_DEV;
import static dev.kedge.report.Samples.PHOTO;
import static dev.kedge.report.Samples.PHOTO_DEV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final int SAMPLES = 2000;

  @Test
  void theMostGeneralOfTheNearlyBestIsChosen() {
    Choice choice = choose(1.0, point("full", 90, 40), point("l2", 89.5, 60), point("lp", 80, 90));
    assertThat(choice.label()).isEqualTo("l2");
    assertThat(choice.rule()).contains("within 1.0 points", "art-dev", "photo-dev");
    assertThat(choice.notes()).isEmpty();
  }

  @Test
  void aToleranceBelowOneStandardErrorIsWidenedAndSaidSo() {
    // 10 of 2000 samples lost and 9 gained: a loss of 0.05 points, a standard error of 0.2.
    Scores full = Scores.of(Samples.outcomes("1".repeat(1800) + "0".repeat(200)));
    Scores l2 = Scores.of(Samples.outcomes("0".repeat(10) + "1".repeat(1799) + "0".repeat(191)));
    Choice choice =
        choose(
            0,
            Samples.point(
                "full", Samples.run("full", 0, Map.of(PHOTO_DEV, full, ART_DEV, percent(40)))),
            Samples.point("l2", Samples.run("l2", 0, Map.of(PHOTO_DEV, l2, ART_DEV, percent(60)))),
            point("lp", 80, 90));
    assertThat(choice.label()).isEqualTo("l2");
    assertThat(choice.notes()).singleElement().asString().contains("widened");
  }

  @Test
  void ofEveryMethodTheRuleChoosesAsIfItWereAlone() {
    Evidence evidence =
        new Evidence(
            List.of(PHOTO_DEV, ART_DEV),
            List.of(
                of("base", "base", 60, 95),
                of("full", "full", 90, 40),
                of("l2 λ=0.1", "l2", 80, 50),
                of("l2 λ=1", "l2", 79.5, 70),
                of("l2 λ=10", "l2", 70, 90)),
            "full");
    Choice choice = Selection.choose(evidence, 1.0, 1);
    assertThat(choice.label()).isEqualTo("full");
    assertThat(choice.ofWays())
        .containsExactly(Map.entry("full", "full"), Map.entry("l2", "l2 λ=1"));
  }

  @Test
  void reportDataHasNoSay() {
    List<Suite> suites = List.of(PHOTO_DEV, ART_DEV, PHOTO, ART);
    Run full = run("full", 90, 40, Samples.exactly(0, 50), Samples.exactly(0, 50));
    Run worse = run("l2", 90, 30, Samples.exactly(50, 50), Samples.exactly(50, 50));
    Evidence evidence =
        new Evidence(
            suites, List.of(Samples.point("full", full), Samples.point("l2", worse)), "full");
    assertThat(Selection.choose(evidence, 1.0, 1).label()).isEqualTo("full");
  }

  @Test
  void notEvenTheRandomNumbersComeFromReportData() {
    SplittableRandom random = new SplittableRandom(1);
    for (int study = 0; study < 50; study++) {
      List<Point> points = closePoints(random);
      Choice alone =
          Selection.choose(new Evidence(List.of(PHOTO_DEV, ART_DEV), points, "p0"), 0, 1);
      Choice beside =
          Selection.choose(new Evidence(List.of(PHOTO, PHOTO_DEV, ART_DEV), points, "p0"), 0, 1);
      assertThat(beside).isEqualTo(alone);
    }
  }

  /** Points so close that a standard error decides which of them are near the best. */
  private static List<Point> closePoints(SplittableRandom random) {
    return IntStream.range(0, 20)
        .mapToObj(
            p ->
                Samples.point(
                    "p" + p,
                    Samples.run(
                        "p" + p,
                        0,
                        Map.of(
                            PHOTO_DEV, Samples.random(40, 0.7, random),
                            ART_DEV, Samples.random(40, 0.7, random),
                            PHOTO, Samples.random(40, 0.7, random)))))
        .toList();
  }

  @Test
  void withoutGeneralityDataSpecialityChoosesAndTheNoteSaysWhatIsMissing() {
    Evidence evidence =
        new Evidence(
            List.of(PHOTO_DEV), List.of(point("l2", 89.5, 60), point("full", 90, 40)), "full");
    Choice choice = Selection.choose(evidence, 1.0, 1);
    assertThat(choice.label()).isEqualTo("full");
    assertThat(choice.rule()).startsWith("Highest speciality");
    assertThat(choice.notes()).singleElement().asString().contains("GENERALITY and use SELECT");
  }

  @Test
  void withoutSelectDataNothingIsChosen() {
    Run run = Samples.run("full", 0, Map.of(PHOTO, Samples.exactly(5, 10)));
    Run other = Samples.run("l2", 0, Map.of(PHOTO, Samples.exactly(9, 10)));
    Evidence evidence =
        new Evidence(
            List.of(PHOTO),
            List.of(Samples.point("full", run), Samples.point("l2", other)),
            "full");
    Choice choice = Selection.choose(evidence, 1.0, 1);
    assertThat(choice.label()).isEqualTo("full");
    assertThat(choice.rule()).contains("not chosen");
    assertThat(choice.ofWays()).isEmpty();
  }

  @Test
  void theOnlyPointIsNoChoice() {
    Run run = Samples.run("base", 0, Map.of(PHOTO, Samples.exactly(5, 10)));
    Evidence evidence = new Evidence(List.of(PHOTO), List.of(Samples.point("base", run)), "");
    assertThat(Selection.choose(evidence, 1.0, 1).rule()).contains("nothing to choose");
  }

  @Test
  void theBestSeedOnSelectDataIsExported() {
    Run zero = scored("full-0", 0, 90, 40);
    Run one = scored("full-1", 1, 90, 45);
    Evidence evidence =
        new Evidence(
            List.of(PHOTO_DEV, ART_DEV), List.of(Samples.point("full", zero, one)), "full");
    Choice choice = Selection.choose(evidence, 1.0, 1);
    assertThat(choice.candidate()).isEqualTo("full-1");
    assertThat(choice.notes()).singleElement().asString().contains("seed 1");
  }

  @Test
  void aNegativeToleranceIsRefused() {
    assertThatThrownBy(() -> choose(-1, point("full", 90, 40)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1.0");
  }

  private static Choice choose(double withinPoints, Point... points) {
    Evidence evidence =
        new Evidence(List.of(PHOTO_DEV, ART_DEV), List.of(points), points[0].label());
    return Selection.choose(evidence, withinPoints, 1);
  }

  private static Point of(String label, String method, double speciality, double generality) {
    return new Point(
        label,
        method,
        "",
        OptionalDouble.empty(),
        List.of(scored(label, 0, speciality, generality)));
  }

  private static Point point(String label, double speciality, double generality) {
    return Samples.point(label, scored(label, 0, speciality, generality));
  }

  private static Run scored(String candidate, long seed, double speciality, double generality) {
    return Samples.run(
        candidate, seed, Map.of(PHOTO_DEV, percent(speciality), ART_DEV, percent(generality)));
  }

  private static Run run(
      String candidate, double speciality, double generality, Scores photo, Scores art) {
    return Samples.run(
        candidate,
        0,
        Map.of(
            PHOTO_DEV, percent(speciality), ART_DEV, percent(generality), PHOTO, photo, ART, art));
  }

  private static Scores percent(double percent) {
    return Samples.exactly((int) Math.round(percent / 100 * SAMPLES), SAMPLES);
  }
}
