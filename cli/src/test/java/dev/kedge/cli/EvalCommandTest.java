package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Estimate;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.Report;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;
import dev.kedge.v1.WatchExperimentResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvalCommandTest extends CommandLineFixture {
  @BeforeEach
  void anEvaluationThatEndsWell() {
    gateway.experiment = ended(Experiment.State.SUCCEEDED);
    gateway.events.add(
        WatchExperimentResponse.newBuilder().setExperiment(gateway.experiment).build());
    gateway.report =
        Report.newBuilder()
            .addPoints(
                TradeOffPoint.newBuilder()
                    .setLabel("base")
                    .addSuites(
                        SuiteScore.newBuilder()
                            .setSuite("photo-test")
                            .setMeasure("ACCURACY")
                            .setSamples(120)
                            .setAccuracy(estimate(0.75, 0.70, 0.80)))
                    .addSuites(
                        SuiteScore.newBuilder()
                            .setSuite("wiki")
                            .setMeasure("BITS_PER_BYTE")
                            .setSamples(9)
                            .setBitsPerByte(estimate(1.25, 1.2, 1.3))))
            .addNotes("Always taking the most frequent choice is right on 50.0% of 'x'.")
            .build();
  }

  @Test
  void theScoresAreShownWithTheirIntervals() {
    assertThat(kedge("eval", "clip-base", "photo-test")).isZero();

    assertThat(out())
        .endsWith(
            """
            TEST        MEASURE                SCORE               SAMPLES
            photo-test  ACCURACY          75.0 ± 5.0  % ↑              120
            wiki        BITS_PER_BYTE  1.250 ± 0.050  bits/byte ↓        9
            -  Always taking the most frequent choice is right on 50.0% of 'x'.
            """);
  }

  @Test
  void whatIsLaunchedHasABaseAndTestsAndNothingElse() {
    assertThat(
            kedge(
                "eval",
                "models/opt@stable",
                "medmcqa",
                "medqa=datasets/my-medqa/versions/2",
                "boolq=medmcqa",
                "--title",
                "look"))
        .isZero();

    LaunchExperimentRequest asked = asked(LaunchExperimentRequest.class);
    ExperimentSpec spec = asked.getSpec();
    assertThat(asked.getDisplayName()).isEqualTo("look");
    assertThat(spec.getBase()).isEqualTo("models/opt@stable");
    assertThat(spec.hasTask() || spec.hasTraining() || spec.getMethodsCount() > 0).isFalse();
    assertThat(spec.getEvaluationsList())
        .extracting(Evaluation::getId)
        .containsExactly("medmcqa", "my-medqa-versions-2", "medmcqa-2");
    assertThat(spec.getEvaluationsList())
        .extracting(Evaluation::getDataset)
        .containsExactly("datasets/medmcqa", "datasets/my-medqa/versions/2", "datasets/medmcqa");
    assertThat(spec.getEvaluations(0).getLanguage().getLabel()).isEqualTo("{cop}");
    assertThat(spec.getEvaluations(2).getLanguage().getLabelsList()).contains("false", "true");
  }

  @Test
  void programsGetTheReportAndNothingElse() {
    assertThat(kedge("eval", "clip-base", "photo-test", "--json")).isZero();

    assertThat(out()).startsWith("{\n  \"points\"").doesNotContain("SUCCEEDED");
  }

  @Test
  void whatCannotBeTestedIsRefusedWithTheRemedy() {
    assertThat(kedge("eval", "a".repeat(64), "photo-test")).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("kedge promote " + "a".repeat(64) + " NAME");
    assertThat(kedge("eval", "clip-base", "nonsense=photo-test")).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("there is no suite `nonsense`");
    assertThat(kedge("eval", "clip-base", "pacs=")).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("write DATASET or SUITE=DATASET");
    assertThat(kedge("eval", "clip-base")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void anEvaluationThatNeedsPeopleEndsWithTheRemedy() {
    gateway.events.set(
        0,
        WatchExperimentResponse.newBuilder()
            .setExperiment(ended(Experiment.State.ATTENTION))
            .build());

    assertThat(kedge("eval", "clip-base", "photo-test")).isEqualTo(ExitCode.FAILED);
    assertThat(err()).contains("kedge retry e1 evaluate-base");
    assertThat(kedge("eval", "clip-base", "photo-test", "--json")).isEqualTo(ExitCode.FAILED);
    assertThat(err()).as("nothing was told before").contains("is parked (X, Kedge itself): why");
  }

  private static Experiment ended(Experiment.State state) {
    Stage.Builder stage = Stage.newBuilder().setId("evaluate-base").setKind("EVALUATE");
    return Experiment.newBuilder()
        .setName("projects/default/experiments/e1")
        .setState(state)
        .addStages(
            state == Experiment.State.SUCCEEDED
                ? stage.setState(Stage.State.SUCCEEDED)
                : stage
                    .setState(Stage.State.PARKED)
                    .setError(StageError.newBuilder().setReason("X").setMessage("why")))
        .build();
  }

  private static Estimate estimate(double value, double low, double high) {
    return Estimate.newBuilder().setValue(value).setLow(low).setHigh(high).build();
  }
}
