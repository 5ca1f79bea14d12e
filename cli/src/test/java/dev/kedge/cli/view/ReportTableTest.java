package dev.kedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Comparison;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import org.junit.jupiter.api.Test;

class ReportTableTest {
  @Test
  void theTableIsAlignedAndSaysWhatItsMarksMean() {
    Report report =
        Report.newBuilder()
            .setTitle("photo")
            .setReference("full")
            .setRule("best generality within 1 point")
            .addNotes("3 seeds: conditional on these runs")
            .setRecommendedCheckpoint("projects/default/checkpoints/ab12")
            .addPoints(
                TradeOffPoint.newBuilder()
                    .setLabel("wise α=0.5")
                    .setAlpha(0.5)
                    .setSpeciality(estimate(0.943, 0.93, 0.956))
                    .setGenerality(estimate(0.5, 0.48, 0.52))
                    .setAgainstBase(
                        Comparison.newBuilder()
                            .setSpeciality(estimate(0.1, 0.09, 0.11))
                            .setGenerality(estimate(-0.0001, -0.02, 0.02)))
                    .setOnFrontier(true)
                    .setRecommended(true)
                    .setComputeSeconds(65))
            .addPoints(TradeOffPoint.newBuilder().setLabel("base"))
            .build();

    assertThat(ReportTable.of(report))
        .isEqualTo(
            """
            photo

            POINT       SPECIALITY %  GENERALITY %  Δ base: SPEC.        GEN.  Δ full: SPEC.  GEN.    COMPUTE
            wise α=0.5    94.3 ± 1.3    50.0 ± 2.0    +10.0 ± 1.0  +0.0 ± 2.0              –     –  1 min 5 s  * ←
            base                   –             –              –           –              –     –      0.0 s

            *  on the frontier: no other point is better in one and as good in the other
            ←  recommended: best generality within 1 point
            α  weights the fine-tuned model: 0 is the base, 1 the fine-tuned model
            -  3 seeds: conditional on these runs

            kedge export ab12 DIR""");
  }

  private static Estimate estimate(double value, double low, double high) {
    return Estimate.newBuilder().setValue(value).setLow(low).setHigh(high).build();
  }
}
