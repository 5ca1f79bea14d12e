package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.stage.v1.Study;
import dev.kedge.v1.PairedTest;
import dev.kedge.v1.Report;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final Map<String, Integer> RIGHT =
      Map.of(
          "base photo",
          50,
          "base art",
          80,
          "full photo",
          90,
          "full art",
          60,
          "l2 photo",
          85,
          "l2 art",
          65);

  @Test
  void pointsComeWithMeansIntervalsAndDifferences() {
    Report report = report(study(true));
    assertThat(report.getPointsList())
        .extracting(TradeOffPoint::getLabel)
        .containsExactly("base", "full");
    TradeOffPoint full = report.getPoints(1);
    assertThat(full.getSpeciality().getValue()).isCloseTo(0.9, within(1e-12));
    assertThat(full.getGenerality().getValue()).isCloseTo(0.6, within(1e-12));
    assertThat(full.getGenerality().getLow()).isBetween(0.4, 0.6);
    assertThat(full.getAgainstBase().getGenerality().getValue()).isCloseTo(-0.2, within(1e-12));
    assertThat(full.getAgainstBase().getGenerality().getHigh()).isNegative();
    assertThat(full.hasAgainstReference()).as("it is the reference").isFalse();
    assertThat(report.getPoints(0).hasAgainstBase()).as("it is the base").isFalse();
    assertThat(full.getOnFrontier()).isTrue();
    assertThat(full.getSeedsList()).containsExactly(3L, 4L);
    assertThat(full.getCandidatesList()).containsExactly("full-3", "full-4");
    assertThat(full.getComputeSeconds()).isEqualTo(12);
    assertThat(report.getHypervolume()).isCloseTo(0.5 * 0.8 + 0.4 * 0.6, within(1e-12));
  }

  @Test
  void suitesShowWhatWasLostAgainstTheBase() {
    SuiteScore art = report(study(true)).getPoints(1).getSuites(1);
    assertThat(art.getSuite()).isEqualTo("art");
    assertThat(art.getRole()).isEqualTo("GENERALITY");
    assertThat(art.getSamples()).isEqualTo(100);
    assertThat(art.getNegativeFlips()).isCloseTo(0.2, within(1e-12));
    assertThat(art.getClassesMap()).containsOnlyKeys("dog", "guitar", "house");
    assertThat(art.getTestsList()).hasSize(2);
    assertThat(art.getTests(0).getLost()).isEqualTo(20);
    assertThat(art.getTests(0).getPValue()).isLessThan(1e-5);
  }

  @Test
  void fewerThanFiveSeedsAreConditionalOnTheseRuns() {
    Report report = report(study(true));
    assertThat(report.getSeeds()).isEqualTo(2);
    assertThat(report.getNotesList()).last().asString().startsWith("2 seeds: conditional");
  }

  @Test
  void aPointWhoseSeedsAreMissingSaysSo() {
    Study study = study(true).toBuilder().addPoints(seeded("l2", 3)).build();
    Report report = report(study);
    assertThat(report.getPointsList())
        .filteredOn(point -> point.getLabel().equals("l2"))
        .singleElement()
        .satisfies(point -> assertThat(point.getMissingSeedsList()).containsExactly(4L));
    assertThat(report.getPointsList())
        .filteredOn(point -> !point.getLabel().equals("l2"))
        .as("the base has no seeds to lack")
        .allSatisfy(point -> assertThat(point.getMissingSeedsList()).isEmpty());
    assertThat(report.getNotesList()).anyMatch(note -> note.contains("'l2' lacks seed 4"));
  }

  @Test
  void testsAreCorrectedForAllPointsAndBothRoles() {
    Study study = study(true).toBuilder().addPoints(seeded("l2", 3)).build();
    TradeOffPoint full =
        report(study).getPointsList().stream()
            .filter(point -> point.getLabel().equals("full"))
            .findFirst()
            .orElseThrow();
    PairedTest test = full.getAgainstBase().getGeneralityTest();
    // The smallest possible p value of 10,000 resamples, four tests.
    assertThat(test.getPValue()).isEqualTo(2.0 / 10_001);
    assertThat(test.getAdjustedPValue()).isEqualTo(8.0 / 10_001);
  }

  @Test
  void aTestWithOtherClassesThanTheTasksIsSaidToBeJudgedZeroShot() {
    ClassPredictions hounds =
        new ClassPredictions(
            List.of("dog", "hound"),
            List.of("hound"),
            List.of(new ClassPrediction("a", 0, List.of(0, 1), 0.9)));
    Run run = new Run("base", OptionalLong.empty(), 0, Map.of(Samples.ART.id(), Scores.of(hounds)));
    Point base = new Point("base", "base", "", OptionalDouble.empty(), List.of(run));
    Evidence evidence = new Evidence(List.of(Samples.ART), List.of(base), "");
    assertThat(new Notes(evidence, Optional.empty()).all())
        .anyMatch(note -> note.contains("'art'") && note.contains("(hound)"));
  }

  @Test
  void whereThereAreTooManyTestsForAnyToHoldTheNotesSaySo() {
    Run run = Samples.run("run", 0, Map.of(Samples.PHOTO, Samples.exactly(5, 10)));
    List<Point> points =
        IntStream.range(0, 252).mapToObj(i -> Samples.point("p" + i, run)).toList();
    assertThat(new Notes(new Evidence(List.of(Samples.PHOTO), points, ""), Optional.empty()).all())
        .last()
        .asString()
        .startsWith("The 251 tests of the table of points are too many for 10,000 resamples");
    Evidence fewer = new Evidence(List.of(Samples.PHOTO), points.subList(0, 251), "");
    assertThat(new Notes(fewer, Optional.empty()).all()).noneMatch(n -> n.contains("too many"));
  }

  @Test
  void whereNothingChoseNothingIsRecommendedAndTheNotesSayWhy() {
    Evidence evidence = StudyEvidence.of(study(true), new TestingMeasurements());
    Report report = Answer.of(evidence, Optional.empty(), "A title", Map.of(), 5);
    assertThat(report.getRecommended()).isEmpty();
    assertThat(report.getRule()).isEqualTo("Nothing is recommended.");
    assertThat(report.getNotes(0)).contains("SELECT stage was skipped");
    assertThat(report.getPointsList()).noneMatch(TradeOffPoint::getRecommended);
  }

  @Test
  void withoutABaseOrGeneralityThereIsNothingToCompareAndNoFrontier() {
    Report report = report(study(false));
    TradeOffPoint full = report.getPoints(0);
    assertThat(full.hasAgainstBase()).isFalse();
    assertThat(full.hasGenerality()).isFalse();
    assertThat(full.hasSpeciality()).isTrue();
    assertThat(full.getOnFrontier()).isFalse();
  }

  private static Report report(Study study) {
    Evidence evidence = StudyEvidence.of(study, new TestingMeasurements());
    Choice choice = new Choice("full", "full-3", "because", List.of("as is"), Map.of());
    return Answer.of(evidence, Optional.of(choice), "A title", Map.of("base", "sha256:1"), 5);
  }

  private static Study study(boolean whole) {
    Study.Builder study = Study.newBuilder().setReference("full");
    study.addSuites(suite("photo", Study.Suite.Role.SPECIALITY));
    if (whole) {
      study.addSuites(suite("art", Study.Suite.Role.GENERALITY));
      study.addPoints(point("base", "base"));
    }
    study.addPoints(seeded("full", 3));
    study.addPoints(seeded("full", 4));
    return study.build();
  }

  private static Study.Suite suite(String id, Study.Suite.Role role) {
    return Study.Suite.newBuilder().setId(id).setRole(role).setUse(Study.Suite.Use.REPORT).build();
  }

  private static Study.Point seeded(String label, long seed) {
    return point(label, label + "-" + seed).toBuilder().setSeed(seed).build();
  }

  private static Study.Point point(String label, String candidate) {
    return Study.Point.newBuilder()
        .setLabel(label)
        .setMethod(label)
        .setCandidate(candidate)
        .build();
  }

  private static final class TestingMeasurements implements StudyEvidence.Measurements {
    @Override
    public Scores scores(Study.Point point, String suite) {
      return Samples.exactly(RIGHT.get(point.getLabel() + " " + suite), 100);
    }

    @Override
    public double computeSeconds(Study.Point point) {
      return 12;
    }
  }
}
