package dev.kedge.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.report.page.ComparedPoints.Row;
import dev.kedge.report.page.ComparedPoints.Values;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.Scale;
import dev.kedge.v1.TradeOffPoint;
import org.junit.jupiter.api.Test;

class ComparedPointsTest {
  private final Report first =
      Report.newBuilder()
          .addPoints(point("base", 0.5, 0.8))
          .addPoints(point("full", 0.9, 0.6).setRecommended(true))
          .build();
  private final Report second =
      Report.newBuilder()
          .addPoints(point("lora", 0.8, 0.7))
          .addPoints(point("full", 0.92, 0.55).setRecommended(true))
          .build();

  @Test
  void pointsOfOneLabelAreARow() {
    ComparedPoints both = ComparedPoints.of(first, second);

    assertThat(both.isAlike()).isTrue();
    assertThat(both.rows())
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
                "A, B"),
            new Row(
                "lora",
                new Values("–", "80.0 (79.0–81.0)", "–"),
                new Values("–", "70.0 (69.0–71.0)", "–"),
                ""));
  }

  @Test
  void whatIsMeasuredInOtherUnitsHasNoDifference() {
    Report bits =
        second.toBuilder()
            .setGeneralityScale(Scale.newBuilder().setUnit("bits per byte").setLowerIsBetter(true))
            .build();

    ComparedPoints both = ComparedPoints.of(first, bits);

    assertThat(both.isAlike()).isFalse();
    assertThat(both.rows().get(1).speciality().difference()).isEqualTo("+2.0");
    assertThat(both.rows().get(1).generality())
        .isEqualTo(new Values("60.0 (59.0–61.0)", "0.550 (0.540–0.560)", "–"));
  }

  private static TradeOffPoint.Builder point(String label, double speciality, double generality) {
    return TradeOffPoint.newBuilder()
        .setLabel(label)
        .setSpeciality(estimate(speciality))
        .setGenerality(estimate(generality));
  }

  private static Estimate estimate(double value) {
    return Estimate.newBuilder().setValue(value).setLow(value - 0.01).setHigh(value + 0.01).build();
  }
}
