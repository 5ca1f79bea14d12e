package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.LanguageArchitecture;
import dev.kedge.stage.v1.Measure;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.v1.ExperimentSpec;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageExperimentTest {
  private static final String INSTRUCTION =
      """
      {"base": "models/lm",
       "task": {"instruction": {
          "train": "datasets/qa-train", "validation_fraction": 0.1,
          "prompt": "Q: {question} A:", "answer": " {choices[answer]}", "context_tokens": 64}},
       "training": {"epochs": 1, "learning_rate": [1e-4]},
       "methods": [
         {"id": "full", "full": {}},
         {"id": "ewc", "ewc": {"lambda": [1], "calibration": "datasets/wiki-sample"}}],
       "evaluations": [
         {"id": "qa", "dataset": "datasets/qa-test", "role": "SPECIALITY",
          "language": {"prompt": "Q: {question} A:", "answer": " {choices[answer]}"}},
         {"id": "wiki", "dataset": "datasets/wiki-test", "role": "GENERALITY", "language": {}},
         {"id": "piqa", "dataset": "datasets/piqa", "role": "GENERALITY",
          "language": {"prompt": "{question}", "answer": " {choices[answer]}"}}]}
      """;
  private static final String MODELLING =
      """
      {"new_model": {"language": {"family": "GPT2", "width": 64}},
       "task": {"language_modelling": {
          "sources": ["datasets/wiki-a", "datasets/wiki-b"], "block_tokens": 32}},
       "training": {"epochs": 1, "learning_rate": [1e-3]},
       "methods": [{"id": "full", "full": {}}],
       "evaluations": [
         {"id": "wiki", "dataset": "datasets/wiki-test", "role": "SPECIALITY", "language": {}}]}
      """;

  private static FixedCatalog catalog(ExperimentSpec spec) {
    FixedCatalog catalog = FixedCatalog.of(spec);
    for (String reference : Resolution.references(spec)) {
      if (reference.contains("wiki")) {
        catalog.addTexts(reference, PrepareSpec.Format.TEXT, "id", "text");
      } else if (reference.contains("qa")) {
        catalog.addTexts(reference, PrepareSpec.Format.RECORDS, "answer", "choices", "question");
      }
    }
    if (spec.hasBase()) {
      catalog.addModel(spec.getBase(), "gpt2");
    }
    return catalog;
  }

  private static Plan plan(String json) {
    ExperimentSpec spec = Files.parse(json);
    return Planner.plan("title", spec, catalog(spec).resolution());
  }

  private static List<Problem> check(String json) {
    ExperimentSpec spec = Files.parse(json);
    return ExperimentRules.check(spec, catalog(spec));
  }

  @Test
  void theFisherInformationKnowsOfAHeadThatTrainsApart() {
    Plan plan =
        plan(
            INSTRUCTION.replace(
                "{\"id\": \"ewc\", \"ewc\"",
                "{\"id\": \"probed\", \"lp_ft\": {}, \"ewc\": {\"lambda\": [1],"
                    + " \"calibration\": \"datasets/wiki-sample\"}}, {\"id\": \"ewc\", \"ewc\""));
    assertThat(fisher(plan, "train-probed").getText().getOwnHead()).isTrue();
    assertThat(fisher(plan, "train-ewc").getText().getOwnHead()).isFalse();
  }

  @Test
  void theInformationOfARunIsOfItsTrainingRecordsAsTheTaskReadsThem() {
    Plan plan =
        plan(
            INSTRUCTION.replace(
                "\"evaluations\"",
                "\"averages\": [{\"id\": \"i\", \"fisher\": {\"alpha\": [0.5],"
                    + " \"calibration\": \"datasets/wiki-sample\"}, \"of\": [\"full\"]}],"
                    + " \"evaluations\""));
    FisherSpec run = plan.stage("fisher-full").spec().getFisher();
    assertThat(run.getText().getPrompt()).isEqualTo("Q: {question} A:");
    assertThat(run.getText().getContextTokens()).isEqualTo(64);
    assertThat(run.getData().getPart()).isEqualTo(DatasetPart.Part.TRAINING);
    assertThat(run.getMode()).isEqualTo(FisherSpec.Mode.MODE_UNSPECIFIED);
    assertThat(plan.stage("evaluate-full-i").needs()).contains("fisher-wiki-sample", "fisher-full");
  }

  /** As PEFT does: base and adapters alone are the checkpoint. */
  @Test
  void adaptersAreOnTheModulesOfTheFamilyAndTheHeadStays() {
    Plan plan =
        plan(
            INSTRUCTION.replace(
                "{\"id\": \"full\"",
                "{\"id\": \"l\", \"lora\": {\"rank\": [2]}}, {\"id\": \"full\""));
    MethodSpec.Lora lora = plan.stage("train-l").spec().getTrain().getMethod().getLora();
    assertThat(lora.getTargetsList()).containsExactly("c_attn");
    assertThat(lora.getTrainHead()).isFalse();
  }

  /** Explanations are learnt, and labels tell what was understood. */
  @Test
  void theValidationPartIsTestedByALabelWhereTheFileSaysSo() {
    String labelled =
        INSTRUCTION
            .replace(
                "\"context_tokens\": 64",
                """
                "context_tokens": 64, "validation": {"prompt": "Q: {question} A:",
                 "choices": [" yes", " no"], "label": "{answer}", "labels": ["yes", "no"]}""")
            .replace(
                "\"answer\": \" {choices[answer]}\"}},",
                "\"choices\": [\" yes\", \" no\"], \"label\": \"{answer}\", \"labels\": [\"yes\", \"no\"]}},");
    assertThat(check(labelled)).isEmpty();
    EvaluateSpec.Suite suite =
        plan(labelled).stage("evaluate-full").spec().getEvaluate().getSuites(0);
    assertThat(suite.getData().getPart()).isEqualTo(DatasetPart.Part.VALIDATION);
    assertThat(suite.getLanguage().getLabel()).isEqualTo("{answer}");
    assertThat(suite.getLanguage().getLabelsList()).containsExactly("yes", "no");
    assertThat(suite.getLanguage().getMeasure()).isEqualTo(Measure.ACCURACY);
    assertThat(plan(labelled).stage("train-full").spec())
        .isEqualTo(plan(INSTRUCTION).stage("train-full").spec());
  }

  private static FisherSpec fisher(Plan plan, String run) {
    MethodSpec method = plan.stage(run).spec().getTrain().getMethod();
    return plan.stage(method.getEwc().getFisher().getStage()).spec().getFisher();
  }

  @Test
  void goodFilesHaveNoProblems() {
    assertThat(check(INSTRUCTION)).isEmpty();
    assertThat(check(MODELLING)).isEmpty();
  }

  /** Each row changes one text of the file into another, and names where that is wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Q: {question} A: | ~~ | task.instruction.prompt | missing",
        "Q: {question} A: | Q: {questoin} A: | task.instruction.prompt | not every record has [questoin]; every one has [answer, choices, question]",
        "Q: {question} A: | Q: {question A: | task.instruction.prompt | lone {",
        " {choices[answer]} | {choices[*]} | task.instruction.answer | stands for several texts",
        "\"context_tokens\": 64 | \"context_tokens\": -1 | task.instruction.context_tokens | must be zero",
        "\"context_tokens\": 64 | \"choices\": [\"{choice}\"] | task.instruction.choices[0] | not every record has [choice]",
        "\"context_tokens\": 64 | \"validation\": {\"prompt\": \"{question}\", \"answer\": \"{choices[answer]}\"} | |",
        "\"context_tokens\": 64 | \"validation\": {\"prompt\": \"{question}\", \"answer\": \"{reply}\"} | task.instruction.validation.answer | not every record has [reply]",
        "\"context_tokens\": 64 | \"validation\": {\"answer\": \"{answer}\"} | task.instruction.validation.prompt | missing",
        "\"context_tokens\": 64 | \"choices\": [\"a\"], \"validation\": {\"prompt\": \"{question}\", \"answer\": \"{answer}\"} | task.instruction.choices | is tested as `validation` says",
        "\"context_tokens\": 64 | \"validation\": {\"prompt\": \"{question}\", \"answer\": \"{answer}\", \"shots\": {\"count\": 1, \"dataset\": \"datasets/qa-train\"}} | task.instruction.validation.shots | are for tests of their own data",
        "\"validation_fraction\": 0.1, | \"validation\": {\"prompt\": \"{question}\", \"answer\": \"{answer}\"}, | task.instruction.validation | there is none: set validation_fraction",
        "datasets/qa-train | datasets/photos | task.instruction.train | holds pictures",
        "\"epochs\": 1 | \"epochs\": 1, \"precision\": \"BF16\" | |",
        "\"lambda\": [1], | \"lambda\": [1], \"mode\": \"SAMPLED\", \"draws\": 3, | |",
        "\"lambda\": [1], | \"lambda\": [1], \"unit\": \"TOKEN\", | |",
        "\"lambda\": [1], | \"lambda\": [1], \"captions\": [\"a {}\"], | methods[1].ewc.captions | is for images",
        "\"lambda\": [1], | \"lambda\": [1], \"mode\": \"EXPECTED\", | methods[1].ewc.mode | write SAMPLED or EMPIRICAL",
        "\"lambda\": [1], | \"lambda\": [1], \"draws\": 3, | methods[1].ewc.draws | is for mode SAMPLED",
        "models/lm\", | models/lm\", \"averages\": [], | |",
        "\"answer\": \" {choices[answer]}\"}}, | \"answer\": \" {choices[answer]}\", \"choices\": [\"a\"], \"measure\": \"ANSWER_BITS_PER_BYTE\"}}, | evaluations[0].language.choices | are for ACCURACY",
        "\"answer\": \" {choices[answer]}\"}}, | \"answer\": \" {choices[answer]}\", \"choices\": [\" {choices[*]}\"]}}, | evaluations[0].language.measure | ACCURACY cannot be averaged with ANSWER_BITS_PER_BYTE, which the validation part of the task measures",
        "\"language\": {}} | \"language\": {\"measure\": \"ACCURACY\"}} | evaluations[1].language.choices | missing",
        "\"language\": {}} | \"language\": {\"measure\": \"ANSWER_BITS_PER_BYTE\"}} | evaluations[1].language.prompt | missing",
        "\"language\": {}} | \"language\": {\"prompt\": \"a\", \"measure\": \"BITS_PER_BYTE\"}} | evaluations[1].language.prompt | leave the prompt out",
        "\"language\": {}} | \"language\": {\"answer\": \"{question}\"}} | evaluations[1].language.answer | not every record has [question]",
        "\"language\": {}} | \"language\": {\"prompt\": \"{qestion}\", \"answer\": \"b\"}} | evaluations[1].language.prompt | not every record has [qestion]",
        "\"language\": {}} | \"templates\": [\"a {}\"]} | evaluations[1].language | missing",
        "\"language\": {}} | \"language\": {\"prompt\": \"a\", \"answer\": \"b\", \"writing\": {}}} | evaluations[1].language.writing.most_tokens | missing",
        "\"language\": {}} | \"language\": {\"prompt\": \"a\", \"answer\": \"b\", \"measure\": \"EXACT_MATCH\"}} | evaluations[1].language.writing | missing",
        "\"language\": {}} | \"language\": {\"prompt\": \"a\", \"choices\": [\"b\"], \"labels\": [\"1\"]}} | evaluations[1].language.labels | give it, too",
        "\"language\": {}} | \"language\": {\"prompt\": \"a {*}\", \"answer\": \"c\", \"choices\": [\"b\"]}} | evaluations[1].language.label | missing",
        "\"language\": {}} | \"language\": {\"prompt\": \"a {*}\", \"answer\": \"c\"}} | evaluations[1].language.prompt | stands for a choice",
        "\"language\": {}} | \"language\": {\"prompt\": \"a\", \"answer\": \"c\", \"label\": \"b\"}} | evaluations[1].language.label | there are none",
        "\"language\": {}} | \"language\": {\"replacements\": [{\"pattern\": \"[\"}]}} | evaluations[1].language.replacements[0].pattern | not a regular expression",
        "\"language\": {}} | \"language\": {\"shots\": {\"count\": 1, \"dataset\": \"datasets/wiki\"}}} | evaluations[1].language.shots | leave them out",
        "\"language\": {}} | \"language\": {\"prompt\": \"a\", \"answer\": \"c\", \"shots\": {\"dataset\": \"datasets/wiki\"}}} | evaluations[1].language.shots.count | missing",
        "\"language\": {}} | \"language\": {\"prompt\": \"a\", \"answer\": \"c\", \"shots\": {\"count\": 1, \"dataset\": \"datasets/qa-test\"}}} | evaluations[0].dataset | for examples at evaluations[1].language.shots.dataset",
        "\"language\": {}} | \"language\": {\"prompt\": \"a\", \"answer\": \"c\", \"shots\": {\"count\": 1, \"dataset\": \"datasets/qa-train\"}}} | |",
        "\"language\": {}} | \"language\": {\"prompt\": \"a\", \"answer\": \"b\", \"without_question\": \"\"}} | evaluations[1].language.without_question | nothing to choose from",
        "\"language\": {}} | \"language\": {\"prompt\": \"a\", \"choices\": [\"b\"], \"label\": \"0\", \"without_question\": \"{*}\"}} | evaluations[1].language.without_question | where the prompt has it",
        "\"language\": {}} | \"language\": {\"prompt\": \"a\", \"measure\": \"INSTRUCTIONS_FOLLOWED\", \"writing\": {\"most_tokens\": 9}}} | evaluations[1].dataset | not every record has [instruction_id_list, kwargs]",
        "\"language\": {}} | \"language\": {\"prompt\": \"a\", \"answer\": \"b\", \"measure\": \"INSTRUCTIONS_FOLLOWED\", \"writing\": {\"most_tokens\": 9}}} | evaluations[1].language.answer | leave it out",
        "\"language\": {}} | \"language\": {}, \"classes\": [\"a\"]} | evaluations[1].classes | are for pictures",
        "datasets/wiki-sample | datasets/sample | methods[1].ewc.calibration | holds pictures",
        "datasets/wiki-test | datasets/qa-train | evaluations[1].dataset | for training at task.instruction.train",
      })
  void aMistakeIsFoundAtItsPlace(String text, String wrong, String path, String message) {
    assertThat(INSTRUCTION).contains(text);
    String json =
        INSTRUCTION.replaceFirst(
            Pattern.quote(text), java.util.regex.Matcher.quoteReplacement(wrong));
    if (path == null) {
      assertThat(check(json)).isEmpty();
      return;
    }
    assertThat(check(json))
        .doesNotHaveDuplicates()
        .anySatisfy(
            problem -> {
              assertThat(problem.path()).isEqualTo(path);
              assertThat(problem.message()).contains(message);
            });
  }

  @Test
  void aTaskMustFitTheModelsFamily() {
    ExperimentSpec spec = Files.parse(INSTRUCTION);
    FixedCatalog catalog = catalog(spec);
    catalog.addModel("models/lm", "clip");
    assertThat(ExperimentRules.check(spec, catalog))
        .singleElement()
        .hasToString("base: models/lm is of the family clip: this task is for a language model");

    ExperimentSpec images = Files.parse(Files.SMALL);
    FixedCatalog others = FixedCatalog.of(images);
    others.addModel("models/clip-base", "opt");
    assertThat(ExperimentRules.check(images, others))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("this task is for a clip"));
  }

  @Test
  void aNewModelMustBeOfTheTasksKindAndFit() {
    assertThat(
            check(
                MODELLING.replace(
                    "\"language\": {\"family\": \"GPT2\", \"width\": 64}", "\"clip\": {}")))
        .extracting(Problem::path)
        .containsExactly("new_model.clip");
    assertThat(check(MODELLING.replace("\"width\": 64", "\"heads\": 7, \"vocabulary_size\": 10")))
        .extracting(Problem::path)
        .containsExactly("new_model.language.width", "new_model.language.vocabulary_size");
    assertThat(
            check(
                INSTRUCTION.replace(
                    "\"base\": \"models/lm\"", "\"new_model\": {\"language\": {}}")))
        .extracting(Problem::path)
        .contains("new_model");
  }

  @Test
  void aProbedHeadIsNotMixedWithTheBase() {
    String probed =
        INSTRUCTION
            .replace("\"full\": {}", "\"lp\": {}")
            .replace(
                "\"evaluations\"",
                "\"averages\": [{\"id\": \"w\", \"wise_ft\": {\"alphas\": [0.5]}, \"of\": [\"full\"]}], \"evaluations\"");
    assertThat(check(probed)).extracting(Problem::path).containsExactly("averages[0].of[0]");
  }

  @Test
  void sourcesAreTextsAndNeverTestedOn() {
    assertThat(check(MODELLING.replace("datasets/wiki-b", "datasets/qa")))
        .extracting(Problem::toString)
        .containsExactly(
            "task.language_modelling.sources[1]: not every record has [text]; every one has"
                + " [answer, choices, question]");
    assertThat(check(MODELLING.replace("datasets/wiki-test", "datasets/wiki-a")))
        .extracting(Problem::path)
        .containsExactly("evaluations[0].dataset");
    assertThat(check(MODELLING.replace("datasets/wiki-b", "datasets/wiki-a")))
        .extracting(Problem::path)
        .containsExactly("task.language_modelling.sources[1]");
  }

  @Test
  void columnsThatWereNamedAtImportReachThePreparation() {
    Map<String, Map<String, String>> columns = Map.of("datasets/wiki-a", Map.of("text", "article"));
    ExperimentSpec spec = Files.parse(MODELLING);
    Resolution plain = catalog(spec).resolution();
    Plan plan =
        Planner.plan("", spec, new Resolution(plain.digests(), plain.formats(), columns, Map.of()));
    assertThat(plan.stage("prepare-wiki-a").spec().getPrepare().getColumnsMap())
        .containsExactly(Map.entry("text", "article"));
  }

  @Test
  void aNewLanguageModelIsTrainedOnTextsOfTheirFormat() {
    Plan plan = plan(MODELLING);
    assertThat(plan.stage("prepare-wiki-a").spec().getPrepare().getFormat())
        .isEqualTo(PrepareSpec.Format.TEXT);
    var train = plan.stage("train-full").spec().getTrain();
    assertThat(train.getNewLanguageModel())
        .isEqualTo(
            LanguageArchitecture.newBuilder()
                .setFamily(LanguageArchitecture.Family.GPT2)
                .setWidth(64)
                .setLayers(4)
                .setHeads(4)
                .setContextLength(256)
                .setVocabularySize(4096)
                .build());
    assertThat(train.getLanguageModelling().getSourcesCount()).isEqualTo(2);
    assertThat(train.getLanguageModelling().getBlockTokens()).isEqualTo(32);
  }

  @Test
  void theBaseIsACandidateWithoutAStep() {
    Plan plan = plan(INSTRUCTION);
    EvaluateSpec base = plan.stage("evaluate-base").spec().getEvaluate();
    assertThat(base.getCandidates(0).getRecipe().getCheckpoint().getArtifact())
        .isEqualTo("sha256:models/lm");
    assertThat(base.getSuitesList())
        .extracting(suite -> suite.getLanguage().getMeasure())
        .containsExactly(
            Measure.ANSWER_BITS_PER_BYTE,
            Measure.ANSWER_BITS_PER_BYTE,
            Measure.BITS_PER_BYTE,
            Measure.ANSWER_BITS_PER_BYTE);
    assertThat(base.getSuites(0).getData().getPart()).isEqualTo(DatasetPart.Part.VALIDATION);
    assertThat(base.getSuites(2).getLanguage().getAnswer()).isEqualTo("{text}");
    assertThat(plan.stage("report").spec().getReport().getStudy().getSuitesList())
        .extracting(Study.Suite::getMeasure)
        .contains(Measure.BITS_PER_BYTE);
  }

  @Test
  void calibrationTextsAreReadAsTheyAre() {
    String tokens =
        INSTRUCTION.replace("\"lambda\": [1],", "\"lambda\": [1], \"unit\": \"TOKEN\",");
    assertThat(plan(tokens).stage("fisher-wiki-sample").spec().getFisher().getText().getUnit())
        .isEqualTo(FisherSpec.Text.Unit.TOKEN);
    var text = plan(INSTRUCTION).stage("fisher-wiki-sample").spec().getFisher().getText();
    assertThat(text.getPrompt()).isEmpty();
    assertThat(text.getAnswer()).isEqualTo("{text}");
    assertThat(text.getContextTokens()).isEqualTo(64);
  }

  @Test
  void theStatesOfTheAnswersAreComputedOnceForEveryMethod() {
    String json =
        INSTRUCTION.replace(
            "{\"id\": \"full\", \"full\": {}},",
            "{\"id\": \"full\", \"full\": {}}, {\"id\": \"lp\", \"lp\": {}},"
                + " {\"id\": \"kd\", \"kd_logits\": {\"lambda\": [1, 2]}},");
    Plan plan = plan(json);
    var train = plan.stage("train-lp").spec().getTrain();
    assertThat(plan.stage("features").spec().getFeatures().getInstruction())
        .isEqualTo(train.getInstruction());
    assertThat(train.getFrozenFeatures().getStage()).isEqualTo("features");
    assertThat(plan.stage("train-kd-lambda2").needs()).contains("features");
    assertThat(plan.stage("train-full").needs()).doesNotContain("features");
  }

  @Test
  void aTestIsWrittenOutWithItsExamples() {
    String shots =
        INSTRUCTION.replace(
            "\"language\": {}}",
            "\"language\": {\"prompt\": \"a\", \"choices\": [\"b\"], \"label\": \"0\", \"labels\": [\"0\"],"
                + " \"measure\": \"ACCURACY_NORM\", \"replacements\": [{\"pattern\": \"x\"}],"
                + " \"shots\": {\"count\": 2, \"dataset\": \"datasets/wiki-shots\"}}}");
    Plan plan = plan(shots);
    EvaluateSpec.Suite wiki =
        plan.stage("evaluate-base").spec().getEvaluate().getSuitesList().stream()
            .filter(suite -> suite.getId().equals("wiki"))
            .findFirst()
            .orElseThrow();
    EvaluateSpec.Suite.Language language = wiki.getLanguage();
    assertThat(language.getMeasure()).isEqualTo(Measure.ACCURACY_NORM);
    assertThat(language.getLabel()).isEqualTo("0");
    assertThat(language.getLabelsList()).containsExactly("0");
    assertThat(language.getReplacements(0).getPattern()).isEqualTo("x");
    assertThat(language.getShots().getCount()).isEqualTo(2);
    assertThat(language.getShots().getSeparator()).isEqualTo("\n\n");
    assertThat(language.getShots().getData().getDataset().getStage())
        .isEqualTo("prepare-wiki-shots");
    assertThat(plan.stage("evaluate-base").needs()).contains("prepare-wiki-shots");
  }

  @Test
  void choicesMakeTheValidationAnAccuracy() {
    String choosing =
        INSTRUCTION
            .replaceFirst("\"context_tokens\": 64", "\"choices\": [\" {choices[*]}\"]")
            .replaceFirst(
                Pattern.quote("\"answer\": \" {choices[answer]}\"}},"),
                "\"answer\": \" {choices[answer]}\", \"choices\": [\" {choices[*]}\"]}},");
    assertThat(check(choosing)).isEmpty();
    assertThat(plan(choosing).stage("report").spec().getReport().getStudy().getSuites(0))
        .extracting(Study.Suite::getId, Study.Suite::getMeasure)
        .containsExactly("validation", Measure.ACCURACY);
  }
}
