package dev.kedge.evaluation;

import static dev.kedge.evaluation.Specs.candidate;
import static dev.kedge.evaluation.Specs.stage;
import static dev.kedge.evaluation.Specs.stored;
import static dev.kedge.evaluation.Specs.wiseFt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageInitialisation;
import dev.kedge.models.language.LanguageTokenizer;
import dev.kedge.models.language.NewLanguageModel;
import dev.kedge.models.language.TokenVocabulary;
import dev.kedge.models.score.LanguageScorer;
import dev.kedge.report.LanguagePrediction;
import dev.kedge.report.LanguagePredictions;
import dev.kedge.report.Predictions;
import dev.kedge.report.WrittenPrediction;
import dev.kedge.report.WrittenPredictions;
import dev.kedge.stage.Blame;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Measure;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.testing.RecordedOutput;
import dev.kedge.testing.SmallTexts;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageEvaluationTest {
  private static final String BASE = "sha256:base";
  private static final String TUNED = "sha256:tuned";
  private static final String FOREIGN = "sha256:foreign";
  private static final String QUESTIONS = "sha256:questions";
  private static final String TEXTS = "sha256:texts";
  private static final int CONTEXT = 20;

  @TempDir private Path disk;
  private TestingContext context;

  @BeforeEach
  void modelsAndTexts() throws IOException {
    context = new TestingContext(Files.createDirectory(disk.resolve("scratch")));
    context.artifacts.put(BASE, model("base", 1, "what colour is the sky"));
    context.artifacts.put(TUNED, model("tuned", 2, "what colour is the sky"));
    context.artifacts.put(FOREIGN, model("foreign", 3, "something else entirely"));
    context.artifacts.put(
        QUESTIONS, SmallTexts.questions(Files.createDirectory(disk.resolve("q")), 70, 5));
    context.artifacts.put(
        TEXTS, SmallTexts.documents(Files.createDirectory(disk.resolve("t")), 3, 6));
  }

  private Path model(String name, long seed, String words) throws IOException {
    Path folder = disk.resolve(name);
    TokenVocabulary vocabulary = TokenVocabulary.of(Stream.of(words.repeat(20)), 300);
    vocabulary.writeTo(folder, CONTEXT);
    LanguageConfig config =
        new NewLanguageModel(16, 1, 2, CONTEXT, 300).of(NewLanguageModel.Kind.OPT);
    LanguageFolder.write(folder, config, LanguageInitialisation.of(config, seed));
    return folder;
  }

  private static EvaluateSpec.Suite suite(String id, String data, Measure measure) {
    EvaluateSpec.Suite.Language.Builder language =
        EvaluateSpec.Suite.Language.newBuilder().setMeasure(measure);
    if (measure == Measure.BITS_PER_BYTE) {
      language.setAnswer("{text}");
    } else {
      language.setPrompt("{question}").setAnswer(" {choices[answer]}");
    }
    if (measure == Measure.ACCURACY || measure == Measure.ACCURACY_NORM) {
      language.addChoices(" {choices[*]}");
    }
    return Specs.suite(id, data).toBuilder().setLanguage(language).build();
  }

  private static EvaluateSpec.Suite changed(
      EvaluateSpec.Suite suite, UnaryOperator<EvaluateSpec.Suite.Language.Builder> change) {
    return suite.toBuilder().setLanguage(change.apply(suite.getLanguage().toBuilder())).build();
  }

  @Test
  void anAnswerCostsWhatItsTokensCostOneByOne() throws IOException {
    StageOutput.NewFiles output =
        run(
            Specs.evaluate(suite("qa", QUESTIONS, Measure.ANSWER_BITS_PER_BYTE))
                .addCandidates(candidate("base", stored(BASE))));
    LanguagePredictions predictions = read(output, "qa", "base");

    assertThat(predictions.measure()).isEqualTo(dev.kedge.report.Measure.ANSWER_BITS_PER_BYTE);
    assertThat(predictions.samples()).hasSize(70);
    LanguagePrediction first = predictions.samples().get(0);
    assertThat(first.sample()).isEqualTo("q0");
    List<String> firstRecord =
        Files.readAllLines(context.artifact(QUESTIONS).resolve("000000.jsonl")).subList(0, 1);
    String answer = answerOf(firstRecord.get(0));
    assertThat(first.bytes()).isEqualTo(answer.length());
    assertThat(first.nats())
        .isCloseTo(direct(questionOf(firstRecord.get(0)), answer), within(1e-4));
    assertThat(output.metrics()).containsKey("answer bits per byte qa");
  }

  @Test
  void whatIsComputedIsWhatItsAlgorithmVersionComputes() throws IOException {
    StageOutput.NewFiles output =
        run(
            Specs.evaluate(suite("qa", QUESTIONS, Measure.ACCURACY))
                .addSuites(suite("wiki", TEXTS, Measure.BITS_PER_BYTE))
                .addCandidates(candidate("mixed", wiseFt(BASE, TUNED, 0.5))));
    new RecordedOutput(StageKind.EVALUATE, "text").requireUnchanged(output.files());
  }

  private static String questionOf(String json) {
    return json.replaceFirst(".*\"question\": \"([^\"]*)\".*", "$1");
  }

  private static String answerOf(String json) {
    String[] choices = json.replaceFirst(".*\\[\"(.*)\"\\].*", "$1").split("\", \"", -1);
    return " " + choices[json.contains("\"answer\": 0") ? 0 : 1];
  }

  private double direct(String prompt, String answer) throws IOException {
    Path folder = context.artifact(BASE);
    LanguageConfig config = LanguageFolder.check(folder);
    try (LanguageTokenizer tokenizer = LanguageTokenizer.open(folder);
        Checkpoint weights = Checkpoint.open(folder);
        LanguageScorer scorer = new LanguageScorer(config, weights)) {
      long[] given = tokenizer.ids(prompt);
      long[] whole = tokenizer.ids(prompt + answer);
      double sum = 0;
      for (int end = given.length + 1; end <= whole.length; end++) {
        long[] seen = Arrays.copyOf(whole, end);
        sum += scorer.nats(List.of(new AnswerSequence(seen, 1)))[0];
      }
      return sum;
    }
  }

  @Test
  void theLikeliestChoiceIsCompared() throws IOException {
    LanguagePredictions predictions =
        read(
            run(
                Specs.evaluate(suite("qa", QUESTIONS, Measure.ACCURACY))
                    .addCandidates(candidate("base", stored(BASE)))),
            "qa",
            "base");
    assertThat(predictions.samples())
        .allSatisfy(
            sample -> {
              assertThat(sample.choices()).hasSize(2);
              assertThat(sample.nats()).isEqualTo(sample.choices().get(sample.label()));
            });
    assertThat(predictions.samples().stream().map(LanguagePrediction::label)).contains(0, 1);
  }

  @Test
  void everyTokenOfATextIsScoredOnceWhateverTheContext() throws IOException {
    LanguagePredictions predictions =
        read(
            run(
                Specs.evaluate(suite("wiki", TEXTS, Measure.BITS_PER_BYTE))
                    .addCandidates(candidate("base", stored(BASE)))),
            "wiki",
            "base");
    try (LanguageTokenizer tokenizer = LanguageTokenizer.open(context.artifact(BASE))) {
      assertThat(predictions.samples()).hasSize(3);
      String text = Files.readString(disk.resolve("t/texts/000.txt"));
      assertThat(predictions.samples().get(0).tokens())
          .isEqualTo(tokenizer.ids(text).length)
          .isGreaterThan(2 * CONTEXT);
      assertThat(predictions.samples().get(0).bytes()).isEqualTo(text.length());
    }
  }

  @Test
  void aRecipeIsAppliedOnLoadAndItsEndsAreItsParts() throws IOException {
    StageOutput.NewFiles output =
        run(
            Specs.evaluate(suite("qa", QUESTIONS, Measure.ANSWER_BITS_PER_BYTE))
                .addCandidates(candidate("base", stored(BASE)))
                .addCandidates(candidate("tuned", stored(TUNED)))
                .addCandidates(candidate("w0", wiseFt(BASE, TUNED, 0)))
                .addCandidates(candidate("w5", wiseFt(BASE, TUNED, 0.5))));
    assertThat(output.files().get("qa/w0.jsonl"))
        .hasSameBinaryContentAs(output.files().get("qa/base.jsonl"));
    assertThat(read(output, "qa", "w5").samples())
        .isNotEqualTo(read(output, "qa", "base").samples())
        .isNotEqualTo(read(output, "qa", "tuned").samples());
  }

  @Test
  void whatIsScoredIsNotScoredAgainAlsoAfterAStop() throws IOException {
    EvaluateSpec.Builder both =
        Specs.evaluate(suite("qa", QUESTIONS, Measure.ANSWER_BITS_PER_BYTE))
            .addSuites(suite("wiki", TEXTS, Measure.BITS_PER_BYTE))
            .addCandidates(candidate("base", stored(BASE)));
    context.stopWhen(() -> context.done() >= 70);
    assertThatThrownBy(() -> run(both)).isInstanceOf(StageStopped.class);
    assertThat(context.parts).hasSize(1);

    TestingContext later = context.next(context.scratch());
    new EvaluateExecutor().execute(stage(both), later);
    assertThat(later.done()).as("the texts alone").isEqualTo(3);
  }

  @Test
  void aLargeSuiteThatWasStoppedKeepsWhatItHas() throws IOException {
    context.artifacts.put(
        QUESTIONS, SmallTexts.questions(Files.createDirectory(disk.resolve("many")), 600, 5));
    EvaluateSpec.Builder many =
        Specs.evaluate(suite("qa", QUESTIONS, Measure.ACCURACY))
            .addCandidates(candidate("base", stored(BASE)));
    LanguagePredictions whole = read(run(many), "qa", "base");
    assertThat(context.parts).as("two full windows, the rest, and the whole").hasSize(4);

    TestingContext stopped = fresh();
    stopped.stopWhen(() -> stopped.done() >= 256);
    assertThatThrownBy(() -> new EvaluateExecutor().execute(stage(many), stopped))
        .isInstanceOf(StageStopped.class);
    assertThat(stopped.parts).hasSize(1);

    TestingContext later = stopped.next(stopped.scratch());
    var output = (StageOutput.NewFiles) new EvaluateExecutor().execute(stage(many), later);
    assertThat(read(output, "qa", "base")).isEqualTo(whole);
    assertThat(later.savedParts).as("a full window, the rest, and the whole").hasSize(3);
  }

  private TestingContext fresh() throws IOException {
    TestingContext fresh = new TestingContext(Files.createDirectory(disk.resolve("fresh")));
    fresh.artifacts.putAll(context.artifacts);
    return fresh;
  }

  @Test
  void aChoiceInThePromptIsWeighedByWhatFollows() throws IOException {
    LanguagePredictions predictions =
        read(
            run(
                Specs.evaluate(
                        changed(
                            suite("qa", QUESTIONS, Measure.ACCURACY_NORM),
                            one ->
                                one.setPrompt("the {*}")
                                    .setAnswer(" is it")
                                    .clearChoices()
                                    .addChoices("{choices[*]}")
                                    .setLabel("{answer}")))
                    .addCandidates(candidate("base", stored(BASE)))),
            "qa",
            "base");
    String record = Files.readAllLines(context.artifact(QUESTIONS).resolve("000000.jsonl")).get(0);
    LanguagePrediction first = predictions.samples().get(0);
    String right = answerOf(record).strip();
    assertThat(first.nats()).isCloseTo(direct("the " + right, " is it"), within(1e-4));
    assertThat(first.characters().get(first.label())).isEqualTo(right.length());
    assertThat(first.bytes()).isEqualTo(6);
  }

  @Test
  void solvedRecordsStandBeforeAPrompt() throws IOException {
    String examples = "sha256:examples";
    context.artifacts.put(
        examples, SmallTexts.questions(Files.createDirectory(disk.resolve("e")), 1, 9));
    EvaluateSpec.Suite alone =
        changed(suite("qa", QUESTIONS, Measure.ANSWER_BITS_PER_BYTE), one -> one.setPrompt("what"));
    EvaluateSpec.Suite shot =
        changed(
            alone,
            one -> {
              one.getShotsBuilder()
                  .setCount(1)
                  .setData(Specs.suite("e", examples).getData())
                  .setSeparator(" is ");
              return one;
            });
    String solved =
        "what"
            + answerOf(
                Files.readAllLines(context.artifact(examples).resolve("000000.jsonl")).get(0));
    EvaluateSpec.Suite written = changed(alone, one -> one.setPrompt(solved + " is what"));
    assertThat(answers(shot)).isEqualTo(answers(written)).isNotEqualTo(answers(alone));
    refused(
        changed(
            shot,
            one -> {
              one.getShotsBuilder().setCount(2);
              return one;
            }),
        BASE,
        "2 solved records are to be drawn from 1");
  }

  private List<LanguagePrediction> answers(EvaluateSpec.Suite suite) throws IOException {
    EvaluateSpec.Builder spec =
        Specs.evaluate(suite).addCandidates(candidate("base", stored(BASE)));
    return read(run(spec), "qa", "base").samples();
  }

  @Test
  void whatAModelWritesEndsBeforeTheFirstStop() throws IOException {
    EvaluateSpec.Suite writing =
        changed(
            suite("qa", QUESTIONS, Measure.EXACT_MATCH),
            one -> {
              one.setAnswer("").getWritingBuilder().setMostTokens(4);
              return one;
            });
    List<WrittenPrediction> free = written(writing);
    assertThat(free).hasSize(70).extracting(WrittenPrediction::right).containsOnly(false);
    String first = free.get(0).written();
    assertThat(first).isNotEmpty();
    List<WrittenPrediction> stopped =
        written(
            changed(
                writing,
                one -> {
                  one.getWritingBuilder().addStop(first.substring(0, 1));
                  return one;
                }));
    assertThat(stopped.get(0).written()).isEmpty();
    assertThat(stopped.get(0).right()).as("nothing was asked for").isTrue();
  }

  private List<WrittenPrediction> written(EvaluateSpec.Suite suite) throws IOException {
    StageOutput.NewFiles output =
        run(Specs.evaluate(suite).addCandidates(candidate("base", stored(BASE))));
    try (InputStream in = Files.newInputStream(output.files().get("qa/base.jsonl"))) {
      return ((WrittenPredictions) Predictions.read(in)).samples();
    }
  }

  @Test
  void mistakesNameTheRecordAndBlameTheUser() {
    EvaluateSpec.Suite qa = suite("qa", QUESTIONS, Measure.ACCURACY);
    refused(
        changed(qa, one -> one.setAnswer(" violet")),
        BASE,
        "record q0",
        "is not among the choices");
    refused(
        changed(
            suite("qa", QUESTIONS, Measure.ANSWER_BITS_PER_BYTE),
            one -> one.setAnswer("{question}{question}{question}")),
        BASE,
        "record q0",
        "longer than the context of " + CONTEXT);
    refused(changed(qa, one -> one.setPrompt("{colour}")), BASE, "has no field `colour`");
    refused(qa, TEXTS, "candidate 'one'", "has no config.json");
    assertThatThrownBy(
            () ->
                run(
                    Specs.evaluate(qa)
                        .addCandidates(candidate("mixed", wiseFt(BASE, FOREIGN, 0.5)))))
        .hasMessageContaining("'mixed'")
        .hasMessageContaining("differ in architecture or tokenizer");
  }

  @Test
  void mistakesOfRecordsAreCountedBeforeAnyIsScored() {
    EvaluateSpec.Suite qa = suite("qa", QUESTIONS, Measure.ACCURACY);
    EvaluateSpec.Suite late =
        changed(suite("late", QUESTIONS, Measure.ACCURACY), one -> one.setAnswer(" blue"));
    assertThatThrownBy(
            () ->
                run(
                    Specs.evaluate(qa)
                        .addSuites(late)
                        .addCandidates(candidate("one", stored(BASE)))))
        .hasMessageContaining("'one' on suite 'late'")
        .hasMessageContaining("of 70 records cannot be asked about, the first: record q");
    assertThat(context.done()).isZero();
    assertThat(context.parts).isEmpty();
  }

  @Test
  void whatIsScoredWithoutTheQuestionChangesNothingElse() throws IOException {
    EvaluateSpec.Suite qa = suite("qa", QUESTIONS, Measure.ACCURACY);
    List<LanguagePrediction> plain = answers(qa);
    List<LanguagePrediction> both = answers(changed(qa, one -> one.setWithoutQuestion("what")));
    List<LanguagePrediction> alone = answers(changed(qa, one -> one.setPrompt("what")));
    for (int i = 0; i < plain.size(); i++) {
      assertThat(plain.get(i).unasked()).isEmpty();
      assertThat(both.get(i).label()).isEqualTo(plain.get(i).label());
      for (int j = 0; j < 2; j++) {
        assertThat(both.get(i).choices().get(j))
            .isCloseTo(plain.get(i).choices().get(j), within(1e-4));
        assertThat(both.get(i).unasked().get(j))
            .isCloseTo(alone.get(i).choices().get(j), within(1e-4));
      }
    }
  }

  private void refused(EvaluateSpec.Suite suite, String model, String... complaints) {
    assertThatThrownBy(
            () -> run(Specs.evaluate(suite).addCandidates(candidate("one", stored(model)))))
        .isInstanceOfSatisfying(
            StageException.class, e -> assertThat(e.blame()).isEqualTo(Blame.USER))
        .hasMessageContainingAll(complaints);
  }

  private StageOutput.NewFiles run(EvaluateSpec.Builder spec) throws IOException {
    return (StageOutput.NewFiles) new EvaluateExecutor().execute(stage(spec), context);
  }

  private static LanguagePredictions read(
      StageOutput.NewFiles output, String suite, String candidate) throws IOException {
    try (InputStream in =
        Files.newInputStream(output.files().get(suite + "/" + candidate + ".jsonl"))) {
      return (LanguagePredictions) Predictions.read(in);
    }
  }
}
