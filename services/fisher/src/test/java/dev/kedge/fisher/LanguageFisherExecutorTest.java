package dev.kedge.fisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageInitialisation;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.NewLanguageModel;
import dev.kedge.models.language.TokenVocabulary;
import dev.kedge.stage.Blame;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Progress;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.testing.RecordedOutput;
import dev.kedge.testing.SmallTexts;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageFisherExecutorTest {
  private static final String MODEL = "sha256:model";
  private static final String QUESTIONS = "sha256:questions";
  private static final String TEXTS = "sha256:texts";
  private static final int CONTEXT = 20;

  @TempDir private Path disk;
  private TestingContext context;
  private LanguageConfig config;

  @BeforeEach
  void aModelAndItsCalibrationData() throws IOException {
    Path folder = disk.resolve("model");
    TokenVocabulary.of(Stream.of("what colour is the sky"), 280).writeTo(folder, CONTEXT);
    config = new NewLanguageModel(16, 1, 2, CONTEXT, 280).of(NewLanguageModel.Kind.OPT);
    LanguageFolder.write(folder, config, LanguageInitialisation.of(config, 1));
    context = new TestingContext(Files.createDirectory(disk.resolve("scratch")));
    context.artifacts.put(MODEL, folder);
    context.artifacts.put(
        QUESTIONS, SmallTexts.questions(Files.createDirectory(disk.resolve("q")), 20, 5));
    context.artifacts.put(
        TEXTS, SmallTexts.documents(Files.createDirectory(disk.resolve("t")), 2, 6));
  }

  @Test
  void everyWeightHasItsInformationFromAnswers() throws IOException {
    try (SafetensorsFile fisher = run(spec(QUESTIONS, "{question}", " {choices[answer]}", 0))) {
      assertThat(fisher.metadata()).containsEntry("samples", "20");
      assertThat(fisher.specs().keySet()).isEqualTo(LanguageTensors.of(config).keySet());
      assertThat(fisher.floats(LanguageTensors.tokens(config)))
          .as("the token table is the head too")
          .satisfies(values -> assertThat(sum(values)).isPositive());
    }
  }

  @Test
  void aModelCanBeAskedForItsOwnAnswersManyTimes() throws IOException {
    FisherSpec.Builder drawn =
        spec(QUESTIONS, "{question}", " {choices[answer]}", 0).toBuilder()
            .setMode(FisherSpec.Mode.SAMPLED);
    try (SafetensorsFile one = run(drawn.setDraws(2).build());
        SafetensorsFile same = run(drawn.build());
        SafetensorsFile other = run(drawn.setSeed(2).build())) {
      float[] tokens = one.floats(LanguageTensors.tokens(config));
      assertThat(sum(tokens)).isPositive();
      assertThat(same.floats(LanguageTensors.tokens(config))).isEqualTo(tokens);
      assertThat(other.floats(LanguageTensors.tokens(config))).isNotEqualTo(tokens);
    }
    refused(drawn.setMode(FisherSpec.Mode.EXPECTED).build(), "draw the labels instead");
  }

  @Test
  void everyTokenCanBeASampleOfItsOwn() throws IOException {
    FisherSpec.Builder spec = spec(QUESTIONS, "{question}", " {choices[answer]}", 0).toBuilder();
    String table = LanguageTensors.tokens(config);
    try (SafetensorsFile sequences = run(spec.build());
        SafetensorsFile means = run(unit(spec, FisherSpec.Text.Unit.TOKEN_MEAN));
        SafetensorsFile tokens = run(unit(spec, FisherSpec.Text.Unit.TOKEN))) {
      assertThat(Integer.parseInt(tokens.metadata().get("samples"))).isGreaterThan(20);
      assertThat(sum(means.floats(table)))
          .isLessThan(sum(tokens.floats(table)))
          .isLessThan(sum(sequences.floats(table)));
    }
  }

  private static FisherSpec unit(FisherSpec.Builder spec, FisherSpec.Text.Unit unit) {
    spec.getTextBuilder().setUnit(unit);
    return spec.build();
  }

  /** Of texts, what counts is the number of scored tokens before a shard. */
  @Test
  void shardsPutTogetherAreTheWhole() throws IOException {
    FisherSpec whole =
        spec(QUESTIONS, "{question}", " {choices[answer]}", 0).toBuilder()
            .setMode(FisherSpec.Mode.SAMPLED)
            .setDraws(2)
            .build();
    String table = LanguageTensors.tokens(config);
    float[] mean = new float[0];
    for (int index = 0; index < 2; index++) {
      FisherSpec.Shard shard = FisherSpec.Shard.newBuilder().setIndex(index).setCount(2).build();
      try (SafetensorsFile half = run(whole.toBuilder().setShard(shard).build())) {
        float[] values = half.floats(table);
        mean = index == 0 ? new float[values.length] : mean;
        for (int i = 0; i < values.length; i++) {
          mean[i] += values[i] / 2;
        }
      }
    }
    try (SafetensorsFile all = run(whole)) {
      assertThat(mean).usingComparatorWithPrecision(1e-4f).containsExactly(all.floats(table));
    }
  }

  @Test
  void aHeadThatWillTrainApartHasInformationOfItsOwn() throws IOException {
    FisherSpec.Builder spec = spec(QUESTIONS, "{question}", " {choices[answer]}", 0).toBuilder();
    spec.getTextBuilder().setOwnHead(true);
    String table = LanguageTensors.tokens(config);
    try (SafetensorsFile tied = run(spec(QUESTIONS, "{question}", " {choices[answer]}", 0));
        SafetensorsFile apart = run(spec.build())) {
      assertThat(apart.specs().keySet())
          .isEqualTo(LanguageTensors.of(config.untied()).keySet())
          .contains("lm_head.weight");
      assertThat(sum(apart.floats("lm_head.weight"))).isPositive();
      assertThat(sum(apart.floats(table))).isPositive().isNotEqualTo(sum(tied.floats(table)));
    }
  }

  @Test
  void whatIsComputedIsWhatItsAlgorithmVersionComputes() throws IOException {
    FisherSpec spec = spec(QUESTIONS, "{question}", " {choices[answer]}", 0);
    StageOutput.NewFiles output =
        (StageOutput.NewFiles)
            new FisherExecutor().execute(StageSpec.newBuilder().setFisher(spec).build(), context);
    new RecordedOutput(StageKind.FISHER, "text").requireUnchanged(output.files());
  }

  @Test
  void aStoppedStageGoesOnToTheSameBytes() throws IOException {
    FisherSpec spec =
        spec(QUESTIONS, "{question}", " {choices[answer]}", 0).toBuilder()
            .setMode(FisherSpec.Mode.SAMPLED)
            .setDraws(2)
            .build();
    TestingContext stopped = context.next(Files.createTempDirectory(disk, "stopped"));
    stopped.stopWhen(() -> stopped.done() > 0);
    assertThatThrownBy(() -> run(spec, stopped)).isInstanceOf(StageStopped.class);

    TestingContext next = stopped.next(Files.createTempDirectory(disk, "next"));
    try (SafetensorsFile whole = run(spec);
        SafetensorsFile continued = run(spec, next)) {
      assertThat(next.lines).contains("INFO goes on after 8 of 20 sequences");
      for (String name : whole.specs().keySet()) {
        assertThat(continued.floats(name)).as(name).isEqualTo(whole.floats(name));
      }
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Test
  void plainTextIsCutIntoSamplesOfOneLength() throws IOException {
    try (SafetensorsFile all = run(spec(TEXTS, "", "{text}", 0));
        SafetensorsFile some = run(spec(TEXTS, "", "{text}", 3))) {
      assertThat(Integer.parseInt(all.metadata().get("samples"))).isGreaterThan(10);
      assertThat(some.metadata()).containsEntry("samples", "3");
    }
  }

  @Test
  void dataThatDoesNotFitIsTheUsersToMend() {
    refused(spec(QUESTIONS, "{question}", " {colour}", 0), "has no field `colour`");
    refused(
        spec(QUESTIONS, "{question}", "{question} {question} {question}", 0),
        "longer than the context of " + CONTEXT);
  }

  private void refused(FisherSpec spec, String complaint) {
    assertThatThrownBy(() -> run(spec))
        .isInstanceOfSatisfying(
            StageException.class, e -> assertThat(e.blame()).isEqualTo(Blame.USER))
        .hasMessageContaining(complaint);
  }

  private SafetensorsFile run(FisherSpec spec) throws IOException {
    return run(spec, context.next(Files.createTempDirectory(disk, "run")));
  }

  private static SafetensorsFile run(FisherSpec spec, TestingContext fresh) throws IOException {
    StageOutput.NewFiles output =
        (StageOutput.NewFiles)
            new FisherExecutor().execute(StageSpec.newBuilder().setFisher(spec).build(), fresh);
    assertThat(fresh.progress)
        .extracting(Progress::getUnit)
        .containsOnly(
            spec.getText().getUnit() == FisherSpec.Text.Unit.TOKEN ? "tokens" : "sequences");
    return SafetensorsFile.open(output.files().get("fisher.safetensors"));
  }

  private static FisherSpec spec(String data, String prompt, String answer, int samples) {
    return FisherSpec.newBuilder()
        .setCheckpoint(Input.newBuilder().setArtifact(MODEL))
        .setData(
            DatasetPart.newBuilder()
                .setDataset(Input.newBuilder().setArtifact(data))
                .setPart(DatasetPart.Part.ALL))
        .setText(FisherSpec.Text.newBuilder().setPrompt(prompt).setAnswer(answer))
        .setSamples(samples)
        .setSeed(1)
        .setThreads(1)
        .build();
  }
}
