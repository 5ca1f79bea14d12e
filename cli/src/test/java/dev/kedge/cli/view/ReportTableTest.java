package dev.kedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.AverageComparison;
import dev.kedge.v1.Comparison;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.MatchedComparison;
import dev.kedge.v1.MethodChoice;
import dev.kedge.v1.PairedTest;
import dev.kedge.v1.Report;
import dev.kedge.v1.Scale;
import dev.kedge.v1.TradeOffPoint;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ReportTableTest {
  @Test
  void coloursAreOursAlone() {
    Report report =
        Report.newBuilder()
            .setTitle("a\u001b[2J")
            .setRule("b\u001b[2J")
            .addNotes("c\u001b[2J")
            .addPoints(TradeOffPoint.newBuilder().setLabel("d\r\u001b[2J").setOnFrontier(true))
            .build();

    assertThat(ReportTable.of(report, false, new Paint(Ansi.ON)))
        .contains("a\\u001b[2J\n", "b\\u001b[2J", "c\\u001b[2J")
        .contains("\u001b[1md\\r\\u001b[2J")
        .doesNotContain("\u001b[2J");
  }

  @Test
  void theTableIsAlignedAndSaysWhatItsMarksMean() {
    Report report =
        Report.newBuilder()
            .setTitle("photo")
            .setReference("full")
            .setRecommended("wise α=0.5")
            .setRule("best generality within 1 point")
            .addNotes("3 seeds: conditional on these runs")
            .setRecommendedCheckpoint("projects/default/checkpoints/ab12")
            .addPoints(
                TradeOffPoint.newBuilder()
                    .setLabel("wise α=0.5")
                    .setAlpha(0.5)
                    .addSeeds(0)
                    .addSeeds(2)
                    .addMissingSeeds(1)
                    .setSpeciality(estimate(0.943, 0.93, 0.956))
                    .setGenerality(estimate(0.5, 0.48, 0.52))
                    .setAgainstBase(
                        Comparison.newBuilder()
                            .setSpeciality(estimate(0.1, 0.09, 0.11))
                            .setGenerality(estimate(-0.0001, -0.02, 0.02))
                            .setSpecialityTest(test(0.04))
                            .setGeneralityTest(test(0.06)))
                    .setOnFrontier(true)
                    .setRecommended(true)
                    .setComputeSeconds(65))
            .addPoints(TradeOffPoint.newBuilder().setLabel("base"))
            .addMatched(
                MatchedComparison.newBuilder()
                    .setLabel("full wise")
                    .setSpeciality(estimate(0.94, 0.93, 0.95))
                    .setGenerality(estimate(0.5, 0.48, 0.52))
                    .setReferenceGenerality(estimate(0.45, 0.43, 0.47))
                    .setDifference(estimate(0.05, 0.03, 0.09))
                    .setTest(test(0.01)))
            .addAverages(
                AverageComparison.newBuilder()
                    .setLabel("full wise")
                    .addMethods(
                        MatchedComparison.newBuilder()
                            .setLabel("l2")
                            .setSpeciality(estimate(0.93, 0.92, 0.94))
                            .setGenerality(estimate(0.48, 0.47, 0.49))
                            .setReferenceGenerality(estimate(0.51, 0.49, 0.53))
                            .setDifference(estimate(-0.03, -0.07, -0.01))
                            .setTest(test(0.2))))
            .setChosenReference("full α=0.3")
            .addChoices(
                MethodChoice.newBuilder()
                    .setLabel("full wise")
                    .setCandidates(9)
                    .setPoint("wise α=0.5")
                    .setAgainstBase(
                        Comparison.newBuilder()
                            .setSpeciality(estimate(0.1, 0.09, 0.11))
                            .setGenerality(estimate(-0.0001, -0.02, 0.02))
                            .setSpecialityTest(test(0.02))
                            .setGeneralityTest(test(0.06)))
                    .setAgainstReference(Comparison.getDefaultInstance()))
            .build();

    assertThat(ReportTable.of(report, false))
        .isEqualTo(
            """
            photo

            POINT                      SPECIALITY % ↑  GENERALITY % ↑  Δ base: SPEC.         GEN.   Δ full: SPEC.   GEN.     COMPUTE
            wise α=0.5 (2 of 3 seeds)      94.3 ± 1.3      50.0 ± 2.0    +10.0 ± 1.0†  +0.0 ± 2.0               –      –   1 min 5 s  * ←
            base                                    –               –              –            –               –      –       0.0 s

            AT THE SAME SPECIALITY  SPECIALITY % ↑  GENERALITY % ↑  full THERE         Δ GENERALITY
            full wise                   94.0 ± 1.0      50.0 ± 2.0  45.0 ± 2.0  +5.0 (+3.0 to +9.0)†

            BESIDE full wise  SPECIALITY % ↑  GENERALITY % ↑  full wise THERE         Δ GENERALITY
            l2                    93.0 ± 1.0      48.0 ± 1.0       51.0 ± 2.0  -3.0 (-7.0 to -1.0)

            AS SELECT DATA CHOOSES     SPECIALITY % ↑  GENERALITY % ↑  Δ base: SPEC.         GEN.   Δ full α=0.3: SPEC.   GEN.   OF POINTS
            wise α=0.5 (2 of 3 seeds)      94.3 ± 1.3      50.0 ± 2.0    +10.0 ± 1.0†  +0.0 ± 2.0                     –      –           9  ←

            ↑  more is better
            *  on the frontier: no other point is better in one and as good in the other
            †  differs at 5%, after Holm's correction over its table
            AT THE SAME SPECIALITY: each method's curve beside full's, where full is or the method's best if that is less
            BESIDE: each method's curve and the average's, with equally many points to choose from, at the most speciality that both reach
            AS SELECT DATA CHOOSES: what the rule below would choose of each method if there were no other
            ←  recommended: best generality within 1 point
            α  weights the fine-tuned model: 0 is the base, 1 the fine-tuned model
            -  3 seeds: conditional on these runs

            kedge export ab12 DIR""");
  }

  @Test
  void bitsPerByteSayTheirUnitAndThatLessIsBetter() {
    Scale bits = Scale.newBuilder().setUnit("bits per byte").setLowerIsBetter(true).build();
    Report report =
        Report.newBuilder()
            .setSpecialityScale(bits)
            .setGeneralityScale(bits)
            .setRule("Nothing is recommended.")
            .addPoints(
                TradeOffPoint.newBuilder()
                    .setLabel("full")
                    .setSpeciality(estimate(1.2345, 1.2, 1.3))
                    .setGenerality(estimate(2, 1.99, 2.01)))
            .build();

    assertThat(ReportTable.of(report, false))
        .contains("SPECIALITY bits/byte ↓", "1.235 (1.200 to 1.300)", "2.000 ± 0.010")
        .contains("↓  less is better", "-  Nothing is recommended.")
        .doesNotContain("%", "more is better", "←");
  }

  private static PairedTest test(double adjusted) {
    return PairedTest.newBuilder().setAdjustedPValue(adjusted).build();
  }

  private static Estimate estimate(double value, double low, double high) {
    return Estimate.newBuilder().setValue(value).setLow(low).setHigh(high).build();
  }

  @Test
  void halvesAreRoundedAwayFromZeroAsOnThePage() {
    Report.Builder report = Report.newBuilder();
    report
        .addPointsBuilder()
        .setLabel("full")
        .setSpeciality(estimate(0.5005, 0.4005, 0.6005))
        .getAgainstBaseBuilder()
        .setSpeciality(estimate(-0.0625, -0.0725, -0.0525))
        .setGenerality(estimate(0.0625, 0.0625, 0.0625));

    assertThat(ReportTable.of(report.build(), false))
        .contains("50.1 ± 10.0", "-6.3 ± 1.0", "+6.3 ");
  }

  @Test
  void minorPointsAreShownIfTheyAreAskedFor() {
    Report.Builder report = Report.newBuilder();
    report.addPointsBuilder().setLabel("full").setMethod("full");
    for (int i = 1; i < 30; i++) {
      report
          .addPointsBuilder()
          .setLabel("full α=" + i)
          .setMethod("full")
          .setAverage("wise")
          .setMinor(i != 7 && i != 9);
    }
    assertThat(ReportTable.of(report.build(), false))
        .contains("full  ", "full α=7 ", "full α=9 ", "and 27 averages behind the frontier: --all")
        .doesNotContain("full α=8");
    assertThat(ReportTable.of(report.build(), true)).contains("full α=8").doesNotContain("--all");
  }
}
