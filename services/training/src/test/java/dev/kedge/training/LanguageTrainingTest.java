package dev.kedge.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageTokenizer;
import dev.kedge.models.language.TokenVocabulary;
import dev.kedge.stage.Blame;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Instruction;
import dev.kedge.stage.v1.LanguageArchitecture;
import dev.kedge.stage.v1.LanguageModelling;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.testing.SmallTexts;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LanguageTrainingTest {
  private static final String TEXTS = "sha256:texts";
  private static final String QUESTIONS = "sha256:questions";
  private static final String BASE = "sha256:base";
  private static final int CONTEXT = 24;

  private Path disk;
  private Path base;
  private Path texts;
  private Path questions;
  private TestingContext baseContext;

  @BeforeAll
  void aBaseIsTrainedOnTexts(@TempDir Path folder) throws IOException {
    disk = folder;
    texts = SmallTexts.documents(Files.createDirectory(disk.resolve("texts")), 12, 1);
    questions = SmallTexts.questions(Files.createDirectory(disk.resolve("questions")), 30, 2);
    baseContext = new TestingContext(Files.createDirectory(disk.resolve("base")));
    baseContext.artifacts.put(TEXTS, texts);
    base = folder(run(modelling(), baseContext));
  }

  @Test
  void aNewModelLearnsItsTextsInAVocabularyOfItsOwn() throws IOException {
    LanguageConfig config = LanguageFolder.check(base);

    assertThat(config.family().type()).isEqualTo("gpt2");
    assertThat(config.decoder().context()).isEqualTo(CONTEXT);
    assertThat(loss(baseContext, -1)).isLessThan(0.6 * loss(baseContext, 0));
    assertThat(base)
        .isDirectoryContaining("glob:**tokenizer_config.json")
        .isDirectoryContaining("glob:**training-trace.json");
    try (LanguageTokenizer tokenizer = LanguageTokenizer.open(base)) {
      assertThat(tokenizer.plainIds("the sky is blue.").length).isLessThan(8);
      assertThat(tokenizer.text(tokenizer.ids("grün 🌱"))).isEqualTo("grün 🌱");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "lp", "lp_ft", "l2", "kd_features", "kd_logits"})
  void methodsMakeACheckpointThatAnswersBetter(String method) throws IOException {
    TestingContext context = context(method);
    Path tuned = folder(run(instruction(method(method)), context));

    LanguageConfig config = LanguageFolder.check(tuned);
    assertThat(loss(context, -1)).isLessThan(loss(context, 0));
    assertThat(config.decoder().tied())
        .as("a head that trains alone is its own")
        .isEqualTo(!method.startsWith("lp"));
    assertThat(tuned.resolve("tokenizer.json"))
        .hasSameBinaryContentAs(base.resolve("tokenizer.json"));
  }

  /** The full run's model, and the base's, have one table where this run has two tensors. */
  @Test
  void aProbedHeadOfATiedModelCanBeHeldByWhatWasTaken() throws IOException {
    Path full = folder(run(instruction(method("full")), context("full-of-probed")));
    TestingContext context = context("probed");
    context.artifacts.put("sha256:full", full);
    MethodSpec.Builder method = method("lp_ft").toBuilder();
    method.getL2Builder().setLambda(0.5).setRelativeTo(input("sha256:full"));

    Path tuned = folder(run(instruction(method.build()), context));

    assertThat(LanguageFolder.check(tuned).decoder().tied()).isFalse();
    assertThat(context.lines).anyMatch(line -> line.contains("full fine-tuning costs"));
  }

  @Test
  void aHeadThatIsTheTokenTableCannotBeTreatedApart() throws IOException {
    MethodSpec.Builder method = method("l2").toBuilder();
    method.getL2Builder().setExcludeHead(true);
    TestingContext tied = context("tied");
    run(instruction(method.build()), tied);
    TestingContext apart = context("apart");
    method.setLpFt(MethodSpec.LinearProbeThenFull.getDefaultInstance());
    run(instruction(method.build()), apart);

    assertThat(tied.lines).anyMatch(line -> line.contains("exclude_head does nothing here"));
    assertThat(apart.lines).noneMatch(line -> line.contains("exclude_head"));
  }

  @Test
  void aRefusedRunLeavesNoFileOpen() throws IOException {
    refused(changed(instruction(method("full")), task -> task.setAnswer(" {shape}")), "`shape`");
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(open.filter(Files::exists).map(LanguageTrainingTest::target))
          .noneMatch(file -> file.startsWith(base));
    }
  }

  private static Path target(Path link) {
    try {
      return link.toRealPath();
    } catch (IOException gone) {
      return link;
    }
  }

  @Test
  void aStoppedRunGoesOnToTheSameBytes() throws IOException {
    TrainSpec spec = instruction(method("l2"));
    SortedMap<String, Path> undisturbed = run(spec, context("undisturbed")).files();
    TestingContext first = context("stopped");
    first.stopWhen(() -> steps(first).size() >= 3);
    assertThatThrownBy(() -> run(spec, first)).isInstanceOf(StageStopped.class);

    TestingContext second = first.next(Files.createDirectory(disk.resolve("resumed")));
    SortedMap<String, Path> resumed = run(spec, second).files();

    assertThat(resumed.keySet()).isEqualTo(undisturbed.keySet());
    undisturbed.forEach(
        (file, path) -> assertThat(resumed.get(file)).as(file).hasSameBinaryContentAs(path));
  }

  @Test
  void mistakesAreTheUsersBeforeAnyStep() throws IOException {
    TrainSpec good = instruction(method("full"));
    refused(
        changed(good, task -> task.setAnswer(" {colour}")), "record 'q", "has no field `colour`");
    refused(
        changed(good, task -> task.setContextTokens(2).setAnswer("{question} {question}")),
        "record q",
        "longer than the context of 2");
    refused(
        changed(good, task -> task.setContextTokens(500)),
        "500 tokens do not fit the model's context of 24");
    refused(good.toBuilder().setBase(input(TEXTS)).build(), "has no config.json");
  }

  @Test
  void aForeignTokenizerIsNamedAsTheMistake() throws IOException {
    Path foreign = Files.createDirectory(disk.resolve("foreign"));
    for (String file : List.of("config.json", Checkpoint.MODEL)) {
      Files.copy(base.resolve(file), foreign.resolve(file));
    }
    TokenVocabulary.of(
            Stream.concat(
                Stream.of("what colour is the rose and what colour is the sky"),
                Stream.iterate(0, i -> i + 1).limit(2000).map(i -> "w" + i + " x" + i * 7)),
            900)
        .writeTo(foreign, CONTEXT);
    TestingContext context = context("foreign-run");
    context.artifacts.put(BASE, foreign);
    assertThatThrownBy(
            () ->
                run(
                    changed(
                        instruction(method("full")), task -> task.setPrompt("w1777 x7 {question}")),
                    context))
        .isInstanceOf(StageException.class)
        .hasMessageContaining("give the model's own tokenizer");
  }

  private void refused(TrainSpec spec, String... complaints) throws IOException {
    TestingContext context = context("refused-" + complaints[complaints.length - 1].hashCode());
    assertThatThrownBy(() -> run(spec, context))
        .isInstanceOfSatisfying(
            StageException.class, e -> assertThat(e.blame()).isEqualTo(Blame.USER))
        .hasMessageContainingAll(complaints);
  }

  private static TrainSpec changed(
      TrainSpec spec, java.util.function.UnaryOperator<Instruction.Builder> change) {
    return spec.toBuilder().setInstruction(change.apply(spec.getInstruction().toBuilder())).build();
  }

  private TestingContext context(String name) throws IOException {
    TestingContext context = new TestingContext(Files.createDirectory(disk.resolve("run-" + name)));
    context.artifacts.putAll(Map.of(TEXTS, texts, QUESTIONS, questions, BASE, base));
    return context;
  }

  private static List<Map<String, Double>> steps(TestingContext context) {
    return context.progress.stream()
        .filter(progress -> progress.getUnit().equals("steps"))
        .map(progress -> progress.getMetricsMap())
        .toList();
  }

  /** The task's loss at a step; negative ones count from the end. */
  private static double loss(TestingContext context, int step) {
    List<Map<String, Double>> steps = steps(context);
    return steps.get(step < 0 ? steps.size() + step : step).get("task_loss");
  }

  private static StageOutput.NewFiles run(TrainSpec spec, TestingContext context)
      throws IOException {
    return (StageOutput.NewFiles)
        new TrainExecutor(new QuickSettings(), RunMachine.alone(QuickSettings.PLENTY))
            .execute(StageSpec.newBuilder().setTrain(spec).build(), context);
  }

  private static Path folder(StageOutput.NewFiles output) {
    return output.files().get(Checkpoint.MODEL).getParent();
  }

  private static TrainSpec modelling() {
    return TrainSpec.newBuilder()
        .setNewLanguageModel(
            LanguageArchitecture.newBuilder()
                .setFamily(LanguageArchitecture.Family.GPT2)
                .setWidth(16)
                .setLayers(1)
                .setHeads(2)
                .setContextLength(CONTEXT)
                .setVocabularySize(300))
        .setLanguageModelling(LanguageModelling.newBuilder().addSources(all(TEXTS)))
        .setOptimisation(optimisation().setEpochs(12).setLearningRate(3e-2))
        .setMethod(method("full"))
        .build();
  }

  private static TrainSpec instruction(MethodSpec method) {
    return TrainSpec.newBuilder()
        .setBase(input(BASE))
        .setInstruction(
            Instruction.newBuilder()
                .setTrain(all(QUESTIONS))
                .setPrompt("{question}")
                .setAnswer(" {choices[answer]}"))
        .setOptimisation(optimisation())
        .setMethod(method)
        .build();
  }

  private static MethodSpec method(String name) {
    MethodSpec.Builder method = MethodSpec.newBuilder();
    return switch (name) {
      case "lp" -> method.setLp(MethodSpec.LinearProbe.getDefaultInstance()).build();
      case "lp_ft" -> method.setLpFt(MethodSpec.LinearProbeThenFull.getDefaultInstance()).build();
      case "l2" -> method.setL2(MethodSpec.L2.newBuilder().setLambda(0.01)).build();
      case "kd_features" ->
          method.setKdFeatures(MethodSpec.KdFeatures.newBuilder().setLambda(0.01)).build();
      case "kd_logits" ->
          method
              .setKdLogits(MethodSpec.KdLogits.newBuilder().setLambda(0.1).setTemperature(1))
              .build();
      default -> method.setFull(MethodSpec.Full.getDefaultInstance()).build();
    };
  }

  private static Optimisation.Builder optimisation() {
    return Optimisation.newBuilder()
        .setEpochs(2)
        .setBatchSize(8)
        .setLearningRate(1e-2)
        .setSchedule(Optimisation.Schedule.COSINE)
        .setClipNorm(1)
        .setPrecision(Optimisation.Precision.F32)
        .setSeed(3)
        .setThreads(1);
  }

  private static DatasetPart all(String dataset) {
    return DatasetPart.newBuilder()
        .setDataset(input(dataset))
        .setPart(DatasetPart.Part.ALL)
        .build();
  }

  private static Input input(String artifact) {
    return Input.newBuilder().setArtifact(artifact).build();
  }
}
