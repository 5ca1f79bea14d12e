package dev.kedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.CompareExperimentsResponse;
import dev.kedge.v1.ComparedExperiment;
import dev.kedge.v1.ComparedPoint;
import dev.kedge.v1.ComparedStage;
import dev.kedge.v1.ComparedTest;
import dev.kedge.v1.ComparedValues;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Scale;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private final CompareExperimentsResponse both =
      CompareExperimentsResponse.newBuilder()
          .setA(experiment("e1", "first"))
          .setB(
              experiment("e2", "second")
                  .addTestsAlone(
                      ComparedTest.newBuilder().setSuite("sketch").setRole("GENERALITY")))
          .addPoints(ComparedPoint.newBuilder().setLabel("base").setA(values(0.5, 0.8)))
          .addPoints(
              ComparedPoint.newBuilder()
                  .setLabel("full")
                  .setA(values(0.9, 0.6).setRecommended(true))
                  .setB(values(0.92, 0.5))
                  .setSpecialityDifference(0.02)
                  .setGeneralityDifference(-0.1))
          .addPoints(
              ComparedPoint.newBuilder()
                  .setLabel("lora")
                  .setB(values(0.8, 0.7).setRecommended(true)))
          .addChangedInputs("datasets/photo")
          .putSharedStages("PREPARE", 1)
          .build();

  @Test
  void pointsStandBesideThoseOfTheSameLabelAndDifferencesAreSaidToBeUnpaired() {
    assertThat(new SideBySide(both).text())
        .isEqualTo(
            """
            A  e1  first
            B  e2  second

            POINT  A: SPECIALITY % ↑  B: % ↑  B − A  A: GENERALITY % ↑  B: % ↑  B − A
            base                50.0       –      –               80.0       –      –
            full                90.0    92.0   +2.0               60.0    50.0  -10.0  ← A
            lora                   –    80.0      –                  –    70.0      –  ← B

            ←  recommended in A, in B
            B − A  unpaired: two means, each with the interval of its own report. No test stands behind a difference; for one, put both into one experiment.
            -  tests that B alone has: sketch (GENERALITY)
            -  of the same name, and yet other data or another model: datasets/photo

            STAGES
            the same work in both (equal keys): 1 PREPARE
            A alone: 1 TRAIN
              train-full
            B alone: 1 TRAIN
              train-full""");
  }

  @Test
  void whatIsMeasuredInOtherUnitsIsSaidToBe() {
    var inBits = both.toBuilder();
    inBits.getBBuilder().setSpecialityScale(Scale.newBuilder().setLowerIsBetter(true));
    inBits.getPointsBuilder(1).clearSpecialityDifference();

    assertThat(new SideBySide(inBits.build()).text())
        .contains("B: bits/byte ↓", "measured in other units")
        .containsPattern("full +90\\.0 +0\\.920 +– +60\\.0 +50\\.0 +-10\\.0");
  }

  private static ComparedExperiment.Builder experiment(String id, String title) {
    return ComparedExperiment.newBuilder()
        .setExperiment("projects/p/experiments/" + id)
        .setDisplayName(title)
        .addStagesAlone(ComparedStage.newBuilder().setId("train-full").setKind("TRAIN"));
  }

  private static ComparedValues.Builder values(double speciality, double generality) {
    return ComparedValues.newBuilder()
        .setSpeciality(estimate(speciality))
        .setGenerality(estimate(generality));
  }

  private static Estimate estimate(double value) {
    return Estimate.newBuilder().setValue(value).setLow(value).setHigh(value).build();
  }
}
