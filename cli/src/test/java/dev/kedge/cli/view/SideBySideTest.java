package dev.kedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kedge.cli.view.SideBySide.Side;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Report;
import dev.kedge.v1.ReportOrigin;
import dev.kedge.v1.Scale;
import dev.kedge.v1.Stage;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private final Side a =
      new Side(
          experiment("e1", "first", stage("prepare", "k1"), stage("train-full", "k2")),
          Report.newBuilder()
              .setOrigin(ReportOrigin.newBuilder().putInputs("datasets/photo", "sha256:1"))
              .addPoints(point("base", 0.5, 0.8))
              .addPoints(point("full", 0.9, 0.6).setRecommended(true))
              .build());
  private final Side b =
      new Side(
          experiment("e2", "second", stage("prepare", "k1"), stage("train-full", "k3")),
          Report.newBuilder()
              .setOrigin(ReportOrigin.newBuilder().putInputs("datasets/photo", "sha256:2"))
              .addPoints(point("full", 0.92, 0.5))
              .addPoints(
                  point("lora", 0.8, 0.7)
                      .setRecommended(true)
                      .addSuites(
                          SuiteScore.newBuilder()
                              .setSuite("sketch")
                              .setRole("GENERALITY")
                              .setUse("REPORT")))
              .build());

  @Test
  void pointsStandBesideThoseOfTheSameLabelAndDifferencesAreSaidToBeUnpaired() {
    assertThat(new SideBySide(a, b).text())
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
  void whatIsMeasuredInOtherUnitsHasNoDifference() {
    var inBits =
        new Side(
            b.experiment(),
            b.report().toBuilder()
                .setSpecialityScale(Scale.newBuilder().setLowerIsBetter(true))
                .build());

    assertThat(new SideBySide(a, inBits).text())
        .contains("B: bits/byte ↓", "measured in other units")
        .containsPattern("full +90\\.0 +0\\.920 +– +60\\.0 +50\\.0 +-10\\.0");
  }

  @Test
  void programsGetNumbersAndStages() {
    JsonObject json = JsonParser.parseString(new SideBySide(a, b).json()).getAsJsonObject();

    assertThat(json.get("paired").getAsBoolean()).isFalse();
    assertThat(json.getAsJsonArray("points")).hasSize(3);
    assertThat(json.getAsJsonArray("points").get(1))
        .hasToString(
            "{\"label\":\"full\",\"a\":{\"speciality\":0.9,\"generality\":0.6},"
                + "\"b\":{\"speciality\":0.92,\"generality\":0.5}}");
    assertThat(json.getAsJsonObject("stages"))
        .hasToString("{\"shared\":1,\"a\":[\"train-full\"],\"b\":[\"train-full\"]}");
  }

  private static Experiment experiment(String id, String title, Stage... stages) {
    var experiment =
        Experiment.newBuilder().setName("projects/p/experiments/" + id).setDisplayName(title);
    for (Stage stage : stages) {
      experiment.addStages(stage);
    }
    return experiment.build();
  }

  private static Stage stage(String id, String key) {
    return Stage.newBuilder()
        .setId(id)
        .setKey(key)
        .setKind(id.startsWith("train") ? "TRAIN" : "PREPARE")
        .build();
  }

  private static TradeOffPoint.Builder point(String label, double speciality, double generality) {
    return TradeOffPoint.newBuilder()
        .setLabel(label)
        .setSpeciality(estimate(speciality))
        .setGenerality(estimate(generality));
  }

  private static Estimate estimate(double value) {
    return Estimate.newBuilder().setValue(value).setLow(value).setHigh(value).build();
  }
}
