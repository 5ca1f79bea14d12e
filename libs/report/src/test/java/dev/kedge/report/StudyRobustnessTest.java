package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StudyRobustnessTest {
  @Test
  void twoFineTunedPointsMakeALineThatSaysNothing() {
    Report report = report(point("base", 50, 80), point("full", 90, 50), point("l2", 80, 60));
    assertThat(report.getRobustness().getMissing())
        .isEqualTo("the line takes 3 fine-tuned points that are no averages, and this study has 2");
    assertThat(report.getPointsList()).noneMatch(TradeOffPoint::hasEffectiveRobustness);
  }

  @Test
  void aPointThatIsRightOnEverythingHasNoLogit() {
    Report report = report(point("a", 100, 80), point("b", 90, 50), point("c", 80, 60));
    assertThat(report.getRobustness().getMissing()).contains("right on nothing or on everything");
  }

  @Test
  void aBaseThatKnowsNothingOfTheTaskIsLeftOutAlone() {
    Report report =
        report(point("base", 0, 80), point("a", 85, 45), point("b", 90, 50), point("c", 80, 60));
    assertThat(report.getRobustness().getMissing()).isEmpty();
    assertThat(report.getPointsList())
        .allMatch(p -> p.hasEffectiveRobustness() != p.getLabel().equals("base"));
  }

  @Test
  void bitsPerByteAreNoAccuracies() {
    assertThat(SampleReport.ofLanguage("Answers").getRobustness().getMissing())
        .contains("bits per byte");
  }

  private static Report report(Point... points) {
    Evidence evidence =
        new Evidence(List.of(Samples.PHOTO, Samples.ART), List.of(points), points[0].label());
    return Answer.of(evidence, Optional.empty(), "", Map.of(), 1);
  }

  private static Point point(String label, int photo, int art) {
    return Samples.point(
        label,
        Samples.run(
            label,
            0,
            Map.of(
                Samples.PHOTO,
                Samples.exactly(photo, 100),
                Samples.ART,
                Samples.exactly(art, 100))));
  }
}
