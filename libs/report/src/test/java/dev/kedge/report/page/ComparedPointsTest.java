package dev.kedge.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.report.page.ComparedPoints.Row;
import dev.kedge.report.page.ComparedPoints.Values;
import dev.kedge.v1.CompareExperimentsResponse;
import dev.kedge.v1.ComparedPoint;
import dev.kedge.v1.ComparedValues;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Scale;
import org.junit.jupiter.api.Test;

class ComparedPointsTest {
  private final CompareExperimentsResponse both =
      CompareExperimentsResponse.newBuilder()
          .addPoints(ComparedPoint.newBuilder().setLabel("base").setA(values(0.5, 0.8)))
          .addPoints(
              ComparedPoint.newBuilder()
                  .setLabel("full")
                  .setA(values(0.9, 0.6).setRecommended(true))
                  .setB(values(0.92, 0.55).setRecommended(true))
                  .setSpecialityDifference(0.02)
                  .setGeneralityDifference(-0.05))
          .build();

  @Test
  void pointsOfOneLabelAreARow() {
    ComparedPoints points = ComparedPoints.of(both);

    assertThat(points.isAlike()).isTrue();
    assertThat(points.rows())
        .containsExactly(
            new Row(
                "base",
                new Values("50.0 (49.0–51.0)", "–", "–"),
                new Values("80.0 (79.0–81.0)", "–", "–"),
                ""),
            new Row(
                "full",
                new Values("90.0 (89.0–91.0)", "92.0 (91.0–93.0)", "+2.0"),
                new Values("60.0 (59.0–61.0)", "55.0 (54.0–56.0)", "\u22125.0"),
                "A, B"));
  }

  @Test
  void eachIsWrittenInItsOwnUnit() {
    CompareExperimentsResponse.Builder bits = both.toBuilder();
    bits.getBBuilder()
        .setGeneralityScale(Scale.newBuilder().setUnit("bits per byte").setLowerIsBetter(true));
    bits.getPointsBuilder(1).clearGeneralityDifference();

    ComparedPoints points = ComparedPoints.of(bits.build());

    assertThat(points.isAlike()).isFalse();
    assertThat(points.rows().get(1).speciality().difference()).isEqualTo("+2.0");
    assertThat(points.rows().get(1).generality())
        .isEqualTo(new Values("60.0 (59.0–61.0)", "0.550 (0.540–0.560)", "–"));
  }

  private static ComparedValues.Builder values(double speciality, double generality) {
    return ComparedValues.newBuilder()
        .setSpeciality(estimate(speciality))
        .setGenerality(estimate(generality));
  }

  private static Estimate estimate(double value) {
    return Estimate.newBuilder().setValue(value).setLow(value - 0.01).setHigh(value + 0.01).build();
  }
}
