package dev.kedge.evaluation;

import static dev.kedge.evaluation.Specs.candidate;
import static dev.kedge.evaluation.Specs.evaluate;
import static dev.kedge.evaluation.Specs.images;
import static dev.kedge.evaluation.Specs.stage;
import static dev.kedge.evaluation.Specs.stored;
import static dev.kedge.evaluation.Specs.suite;
import static dev.kedge.evaluation.Specs.wiseFt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.data.PictureDecoder;
import dev.kedge.data.PreparedDataset;
import dev.kedge.models.score.Classifier;
import dev.kedge.models.text.ClipTokenizer;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.train.HeadForm;
import dev.kedge.report.ClassPrediction;
import dev.kedge.report.ClassPredictions;
import dev.kedge.report.EvaluationIndex;
import dev.kedge.report.Predictions;
import dev.kedge.report.Scores;
import dev.kedge.stage.Blame;
import dev.kedge.stage.RecipeFile;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Progress;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.RecipeTensors;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSource;
import dev.kedge.testing.RecordedOutput;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateExecutorTest {
  private static final String BASE = "sha256:base";
  private static final String TUNED = "sha256:tuned";
  private static final String PLAIN = "sha256:plain";
  private static final String ALL = "sha256:all";
  private static final String SOME = "sha256:some";
  private static final List<String> COLOURS = List.of("blue", "green", "red");
  private static final int PER_CLASS = 30;

  @TempDir Path disk;
  private TestingContext context;

  @BeforeEach
  void modelsAndSuites() throws IOException {
    context = new TestingContext(Files.createDirectory(disk.resolve("scratch")));
    context.artifacts.put(BASE, TinyClip.write(disk.resolve("base"), 1, COLOURS));
    context.artifacts.put(TUNED, TinyClip.write(disk.resolve("tuned"), 2, COLOURS));
    context.artifacts.put(PLAIN, TinyClip.write(disk.resolve("plain"), 3));
    context.artifacts.put(ALL, NoisePictures.prepare(disk.resolve("all"), COLOURS, PER_CLASS));
    context.artifacts.put(
        SOME, NoisePictures.prepare(disk.resolve("some"), List.of("green", "red"), 5));
  }

  @Test
  void evaluates() {
    assertThat(new EvaluateExecutor().kind()).isEqualTo(StageKind.EVALUATE);
    assertThat(new EvaluateExecutor().profile(stage(evaluate(suite("photo", ALL)))).values())
        .containsEntry("threads", "1")
        .containsKeys("libtorch", "micro_batch");
  }

  @Test
  void predictionsAndAccuracyAreTheModelsOwn() throws IOException {
    StageOutput.NewFiles output =
        run(evaluate(suite("photo", ALL)).addCandidates(candidate("full", stored(TUNED))));

    ClassPredictions predictions = read(output, "photo", "full");
    List<ClassPrediction> expected = direct();
    assertThat(predictions.classes()).isEqualTo(COLOURS);
    assertThat(predictions.samples())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("confidence")
        .isEqualTo(expected);
    assertThat(output.metrics())
        .containsEntry(
            "accuracy photo", Scores.of(new ClassPredictions(COLOURS, expected)).value());
    assertThat(output.artifactKind()).isEqualTo("evaluation");
    assertThat(output.files()).containsOnlyKeys("index.json", "photo/full.jsonl");
  }

  @Test
  void whatIsComputedIsWhatItsAlgorithmVersionComputes() throws IOException {
    StageOutput.NewFiles output =
        run(evaluate(suite("photo", ALL)).addCandidates(candidate("m", wiseFt(BASE, TUNED, 0.5))));
    new RecordedOutput(StageKind.EVALUATE, "images").requireUnchanged(output.files());
  }

  @Test
  void alphaOneIsTheTunedModelAndAlphaZeroTheBase() throws IOException {
    StageOutput.NewFiles output =
        run(
            evaluate(suite("photo", ALL))
                .addCandidates(candidate("base", stored(BASE)))
                .addCandidates(candidate("full", stored(TUNED)))
                .addCandidates(candidate("alpha0", wiseFt(BASE, TUNED, 0)))
                .addCandidates(candidate("alpha0.5", wiseFt(BASE, TUNED, 0.5)))
                .addCandidates(candidate("alpha1", wiseFt(BASE, TUNED, 1))));

    assertThat(read(output, "photo", "alpha0")).isEqualTo(read(output, "photo", "base"));
    assertThat(read(output, "photo", "alpha1")).isEqualTo(read(output, "photo", "full"));
    assertThat(read(output, "photo", "alpha0.5"))
        .isNotIn(read(output, "photo", "base"), read(output, "photo", "full"));
    assertThat(context.parts).as("equal weights are scored once").hasSize(3);
    assertThat(context.keptParts).isEqualTo(context.parts.keySet());
    assertThat(context.done()).isEqualTo(3L * 3 * PER_CLASS);
    assertThat(context.progress).extracting(Progress::getTotal).containsOnly(context.done());
  }

  @Test
  void recipesThatComeToTheSameWeightsAreScoredOnceHoweverTheyAreWritten() throws IOException {
    run(
        evaluate(suite("photo", ALL))
            .addCandidates(candidate("wise", wiseFt(BASE, TUNED, 0.5)))
            .addCandidates(candidate("lines", lines(0.5, 0.5)))
            .addCandidates(candidate("slerp0", slerp(0)))
            .addCandidates(candidate("base", stored(BASE)))
            .addCandidates(candidate("deep", lines(0.25, 0.75))));

    assertThat(context.parts).hasSize(3);
  }

  @Test
  void aRecipeOnLoadIsJudgedAsTheFileThatItWouldMake() throws IOException {
    Recipe deep = lines(0.25, 0.75);
    Path made = TinyClip.write(disk.resolve("made"), 1, COLOURS);
    try (Checkpoint base = Checkpoint.open(context.artifact(BASE));
        Checkpoint tuned = Checkpoint.open(context.artifact(TUNED))) {
      TensorSource tensors =
          RecipeTensors.of(
              dev.kedge.tensors.Recipe.fromJson(RecipeFile.json(deep)),
              Map.of(BASE, base, TUNED, tuned));
      SafetensorsWriter.write(
          made.resolve(Checkpoint.MODEL), tensors.only(name -> !base.inHead(name)), Map.of());
      SafetensorsWriter.write(made.resolve(Checkpoint.HEAD), tensors.only(base::inHead), Map.of());
    }
    context.artifacts.put("sha256:made", made);

    StageOutput.NewFiles output =
        run(
            evaluate(suite("photo", ALL))
                .addCandidates(candidate("onload", deep))
                .addCandidates(candidate("file", stored("sha256:made"))));

    assertThat(context.parts).hasSize(2);
    assertThat(output.files().get("photo/onload.jsonl"))
        .hasSameBinaryContentAs(output.files().get("photo/file.jsonl"));
  }

  @Test
  void aCandidateThatCannotBeMadeIsRefusedBeforeAnyIsScored() throws IOException {
    EvaluateSpec.Builder good =
        evaluate(suite("photo", ALL)).addCandidates(candidate("full", stored(TUNED)));
    refused(
        good.clone().addCandidates(candidate("w", wiseFt(BASE, "sha256:gone", 0.5))),
        "there is no sha256:gone");
    refused(good.clone().addCandidates(candidate("w", wiseFt(PLAIN, TUNED, 0.5))), "candidate 'w'");
    Files.writeString(context.artifact(BASE).resolve("tokenizer.json"), "{}");
    refused(good.clone().addCandidates(candidate("w", wiseFt(BASE, TUNED, 0.5))), "tokenizer");

    assertThat(context.done()).isZero();
  }

  @Test
  void aSuiteOfSomeClassesAsksTheHeadAboutThemAlone() throws IOException {
    StageOutput.NewFiles output =
        run(evaluate(suite("some", SOME)).addCandidates(candidate("full", stored(TUNED))));

    ClassPredictions predictions = read(output, "some", "full");
    assertThat(predictions.classes()).containsExactly("green", "red");
    assertThat(predictions.samples()).allMatch(each -> each.top().size() == 2);
    assertThat(context.lines).noneMatch(line -> line.contains("zero-shot"));
    assertThat(predictions.samples().get(0).confidence())
        .isCloseTo(confidenceAmongGreenAndRed(), org.assertj.core.data.Offset.offset(1e-5));
  }

  @Test
  void classesThatTheHeadDoesNotKnowAskForAZeroShotHead() throws IOException {
    context.artifacts.put(
        "sha256:more", NoisePictures.prepare(disk.resolve("more"), List.of("red", "yellow"), 3));

    StageOutput.NewFiles output =
        run(evaluate(suite("more", "sha256:more")).addCandidates(candidate("f", stored(TUNED))));

    assertThat(read(output, "more", "f").classes()).containsExactly("red", "yellow");
    assertThat(read(output, "more", "f").unknown()).containsExactly("yellow");
    assertThat(context.lines)
        .anyMatch(line -> line.contains("zero-shot") && line.contains("[yellow]"));
  }

  @Test
  void aPlainClipIsJudgedByItsTextTower() throws IOException {
    StageOutput.NewFiles output =
        run(evaluate(suite("photo", ALL)).addCandidates(candidate("base", stored(PLAIN))));

    assertThat(read(output, "photo", "base").samples())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("confidence")
        .isEqualTo(directZeroShot());
  }

  @Test
  void whatWasScoredIsNotScoredAgainWhateverItIsCalled() throws IOException {
    run(evaluate(suite("photo", ALL)).addCandidates(candidate("full", stored(TUNED))));
    TestingContext later = context.next(context.scratch());

    StageOutput.NewFiles output =
        run(evaluate(suite("sketch", ALL)).addCandidates(candidate("other", stored(TUNED))), later);

    assertThat(later.done()).isZero();
    assertThat(read(output, "sketch", "other").samples()).hasSize(3 * PER_CLASS);
    assertThat(output.metrics()).containsKey("accuracy sketch");
  }

  @Test
  void otherPromptsThreadsOrPartsAreOtherResults() throws IOException {
    EvaluateSpec.Suite photo = suite("photo", ALL);
    EvaluateSpec.Candidate full = candidate("full", stored(TUNED));
    run(evaluate(photo).addCandidates(full));

    EvaluateSpec.Suite half =
        photo.toBuilder()
            .setData(
                photo.getData().toBuilder()
                    .setPart(DatasetPart.Part.VALIDATION)
                    .setValidationFraction(0.5))
            .build();
    assertThat(scoredLater(evaluate(half).addCandidates(full))).isEqualTo(3L * PER_CLASS / 2);
    assertThat(
            scoredLater(
                evaluate(images(photo, one -> one.addTemplates("red {}"))).addCandidates(full)))
        .isPositive();
    assertThat(scoredLater(evaluate(photo).addCandidates(full).setThreads(2))).isPositive();
  }

  @Test
  void anInterruptedEvaluationGoesOnWithWhatItHas() throws IOException {
    EvaluateSpec.Builder both =
        evaluate(suite("photo", ALL))
            .addSuites(suite("some", SOME))
            .addCandidates(candidate("base", stored(BASE)))
            .addCandidates(candidate("full", stored(TUNED)));
    context.stopWhen(() -> context.done() > 2L * 3 * PER_CLASS);
    assertThatThrownBy(() -> run(both)).isInstanceOf(StageStopped.class);
    assertThat(context.parts).hasSize(2);

    TestingContext later = context.next(context.scratch());
    StageOutput.NewFiles output = run(both, later);

    assertThat(later.done()).as("the second suite alone").isEqualTo(2L * 10);
    TestingContext fresh = context.next(context.scratch());
    fresh.parts.clear();
    StageOutput.NewFiles undisturbed = run(both, fresh);
    for (String file : undisturbed.files().keySet()) {
      assertThat(output.files().get(file)).hasSameBinaryContentAs(undisturbed.files().get(file));
    }
  }

  @Test
  void aLargeSuiteThatWasStoppedKeepsWhatItHas() throws IOException {
    context.artifacts.put(ALL, NoisePictures.prepare(disk.resolve("many"), COLOURS, 200));
    EvaluateSpec.Builder many =
        evaluate(suite("photo", ALL)).addCandidates(candidate("full", stored(TUNED)));
    context.stopWhen(() -> context.done() >= 512);
    assertThatThrownBy(() -> run(many)).isInstanceOf(StageStopped.class);
    assertThat(context.savedParts).hasSize(1);

    TestingContext later = context.next(context.scratch());
    StageOutput.NewFiles output = run(many, later);
    assertThat(later.savedParts).as("the rest, and the whole").hasSize(2);
    TestingContext fresh = context.next(context.scratch());
    fresh.parts.clear();
    assertThat(read(output, "photo", "full")).isEqualTo(read(run(many, fresh), "photo", "full"));
  }

  @Test
  void mistakesNameTheirPlaceAndBlameTheUser() {
    EvaluateSpec.Candidate full = candidate("full", stored(TUNED));
    EvaluateSpec.Suite photo = suite("photo", ALL);
    refused(evaluate(photo), "no candidate");
    refused(evaluate(photo).addCandidates(candidate("a/b", stored(TUNED))), "'a/b'");
    refused(evaluate(photo).addCandidates(full).addCandidates(full), "'full' is given twice");
    refused(evaluate(photo).addCandidates(full).setThreads(0), "threads is 0");
    refused(
        evaluate(images(photo, EvaluateSpec.Suite.Images.Builder::clearTemplates))
            .addCandidates(candidate("base", stored(PLAIN))),
        "candidate 'base' needs a zero-shot head for suite 'photo': no template");
    refused(evaluate(photo).addCandidates(candidate("w", wiseFt(BASE, TUNED, 2))), "alpha is 2");
    refused(evaluate(suite("photo", TUNED)).addCandidates(full), "no prepared data set");
    refused(evaluate(photo).addCandidates(candidate("data", stored(ALL))), "candidate 'data'");
    refused(
        evaluate(photo).addCandidates(candidate("mixed", wiseFt(PLAIN, TUNED, 0.5))),
        "candidate 'mixed'");
  }

  @Test
  void aHeadWhoseFilesContradictEachOtherIsRefused() throws IOException {
    Files.copy(
        TinyClip.write(disk.resolve("four"), 4, List.of("blue", "green", "red", "yellow"))
            .resolve("head.json"),
        context.artifact(TUNED).resolve("head.json"),
        StandardCopyOption.REPLACE_EXISTING);

    refused(
        evaluate(suite("photo", ALL)).addCandidates(candidate("full", stored(TUNED))),
        "head.json names 4 classes, but head.weight has 3 rows");
  }

  @Test
  void aModelWhoseLogitsAreNoNumbersIsRefusedWithItsNameAndTheSuites() throws IOException {
    float[] huge = new float[3 * 16];
    Arrays.fill(huge, Float.MAX_VALUE);
    TinyClip.writeHead(context.artifact(TUNED), huge, new float[3]);
    refused(
        evaluate(suite("photo", ALL)).addCandidates(candidate("full", stored(TUNED))),
        "candidate 'full' on suite 'photo': sample 'blue/");
  }

  private static Recipe lines(double first, double last) {
    return Recipe.newBuilder()
        .setLines(
            Recipe.Lines.newBuilder()
                .setBase(stored(BASE))
                .setTuned(stored(TUNED))
                .setFirst(first)
                .setLast(last))
        .build();
  }

  private static Recipe slerp(double t) {
    return Recipe.newBuilder()
        .setSlerp(Recipe.Slerp.newBuilder().setA(stored(BASE)).setB(stored(TUNED)).setT(t))
        .build();
  }

  private void refused(EvaluateSpec.Builder spec, String complaint) {
    assertThatThrownBy(() -> run(spec))
        .isInstanceOfSatisfying(
            StageException.class, e -> assertThat(e.blame()).isEqualTo(Blame.USER))
        .hasMessageContaining(complaint);
  }

  private StageOutput.NewFiles run(EvaluateSpec.Builder spec) throws IOException {
    return run(spec, context);
  }

  private static StageOutput.NewFiles run(EvaluateSpec.Builder spec, TestingContext context)
      throws IOException {
    return (StageOutput.NewFiles) new EvaluateExecutor().execute(stage(spec), context);
  }

  private long scoredLater(EvaluateSpec.Builder spec) throws IOException {
    TestingContext later = context.next(context.scratch());
    run(spec, later);
    return later.done();
  }

  private static ClassPredictions read(StageOutput.NewFiles output, String suite, String candidate)
      throws IOException {
    assertThat(output.files()).containsKey(EvaluationIndex.FILE);
    try (InputStream in =
        Files.newInputStream(output.files().get(suite + "/" + candidate + ".jsonl"))) {
      return (ClassPredictions) Predictions.read(in);
    }
  }

  private List<ClassPrediction> direct() throws IOException {
    try (Checkpoint weights = Checkpoint.open(context.artifact(TUNED));
        Classifier classifier = Classifier.trained(TinyClip.config(), weights, HeadForm.LINEAR)) {
      return oneByOne(classifier);
    }
  }

  private List<ClassPrediction> directZeroShot() throws IOException {
    Path folder = context.artifact(PLAIN);
    List<long[]> prompts = new ArrayList<>();
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, TinyClip.config().text().context())) {
      COLOURS.forEach(each -> prompts.add(tokenizer.encode("a picture of " + each).ids()));
    }
    try (Checkpoint weights = Checkpoint.open(folder);
        Classifier classifier =
            Classifier.zeroShot(TinyClip.config(), weights, prompts, COLOURS.size())) {
      return oneByOne(classifier);
    }
  }

  private List<ClassPrediction> oneByOne(Classifier classifier) {
    ComputeThreads.use(1);
    PreparedDataset dataset = PreparedDataset.open(context.artifact(ALL));
    List<ClassPrediction> predictions = new ArrayList<>();
    for (int i = 0; i < dataset.size(); i++) {
      predictions.add(
          ClassPrediction.ofLogits(
              dataset.samples().get(i).source(), dataset.label(i), logits(classifier, dataset, i)));
    }
    return predictions;
  }

  private static float[] logits(Classifier classifier, PreparedDataset dataset, int sample) {
    float[] pixels =
        TinyClip.PREPROCESSING.pixels(new PictureDecoder().decode(dataset.picture(sample)));
    return classifier.logits(pixels, 1)[0];
  }

  private double confidenceAmongGreenAndRed() throws IOException {
    PreparedDataset dataset = PreparedDataset.open(context.artifact(SOME));
    try (Checkpoint weights = Checkpoint.open(context.artifact(TUNED));
        Classifier classifier = Classifier.trained(TinyClip.config(), weights, HeadForm.LINEAR)) {
      float[] all = logits(classifier, dataset, 0);
      return 1 / (1 + Math.exp(-Math.abs(all[1] - all[2])));
    }
  }
}
