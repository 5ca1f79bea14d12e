package dev.kedge.cli.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentFileTest {
  private static final String GOOD =
      """
      base: models/clip-base
      task:
        image_classification:
          train: datasets/photo-train
          validation_fraction: 0.1
          templates: ["a photo of a {}."]
          classes: [no, "1e3", dog]
          class_names: {no: a refusal}
      training: {epochs: 5, learning_rate: [1e-5, 3e-5], schedule: COSINE, seeds: 0}
      methods:
        - {id: full, full: {}}
        - {id: l2, l2: {lambda: [0.01, 1], excludeHead: true}}
      averages:
        - {id: wise, wise_ft: {alphas: [0, .5, 1.]}, of: full}
      evaluations:
        - {id: art, dataset: datasets/art, role: GENERALITY, use: SELECT}
      selection: {within_points_of_best_speciality: 0}
      """;

  @Test
  void everyKindOfFieldIsRead() {
    ExperimentSpec spec = parse(GOOD).spec();

    assertThat(spec.getBase()).isEqualTo("models/clip-base");
    assertThat(spec.getTraining().getLearningRateList()).containsExactly(1e-5, 3e-5);
    assertThat(spec.getTraining().getSchedule()).isEqualTo(Training.Schedule.COSINE);
    assertThat(spec.getMethods(0).hasFull()).isTrue();
    assertThat(spec.getMethods(1).getL2().getLambdaList()).containsExactly(0.01, 1.0);
    assertThat(spec.getMethods(1).getL2().getExcludeHead()).isTrue();
    assertThat(spec.getAverages(0).getWiseFt().getAlphasList()).containsExactly(0.0, 0.5, 1.0);
    assertThat(spec.getEvaluations(0).getUse()).isEqualTo(Evaluation.Use.SELECT);
    assertThat(spec.getSelection().hasWithinPointsOfBestSpeciality()).isTrue();
  }

  @Test
  void oneValueStandsForAListOfOne() {
    ExperimentSpec spec = parse(GOOD).spec();

    assertThat(spec.getTraining().getSeedsList()).containsExactly(0L);
    assertThat(spec.getAverages(0).getOfList()).containsExactly("full");
  }

  @Test
  void textsStayWhatTheyAreWhereYamlSeesOtherTypes() {
    var task = parse(GOOD).spec().getTask().getImageClassification();

    assertThat(task.getClassesList()).containsExactly("no", "1e3", "dog");
    assertThat(task.getClassNamesMap()).containsExactly(Map.entry("no", "a refusal"));
  }

  @Test
  void allProblemsAreReportedAtOnceWithPathAndLine() {
    assertThat(
            problems(
                """
                bse: models/clip
                training: {epochs: five, learning_rate: 1e-5, schedule: cosine, colour: red}
                methods:
                  - {id: full, full:}
                  - {id: l2, l2: {lamda: 0.1}}
                averages: [{id: both, wise_ft: {}, uniform_soup: {}}]
                selection: 3
                """))
        .containsExactly(
            "line 1: bse: unknown field; did you mean base?",
            "line 2: training.epochs: expected a whole number, found `five`",
            "line 2: training.schedule: expected one of [COSINE, CONSTANT, ONE_CYCLE],"
                + " found `cosine`",
            "line 2: training.colour: unknown field; known here: epochs, batch_size,"
                + " learning_rate, weight_decay, warmup_steps, schedule, clip_norm, precision,"
                + " seeds, threads, augmentation, micro_batch, recompute, dropout, rate_factors",
            "line 4: methods[0].full: takes no value; write `{}`",
            "line 5: methods[1].l2.lamda: unknown field; did you mean lambda?",
            "line 6: averages[0].uniform_soup: excludes `wise_ft`; keep one of the two",
            "line 7: selection: expected fields (maximise, within_points_of_best_speciality)");
  }

  @Test
  void aFieldGivenTwiceIsReportedAlsoUnderItsOtherName() {
    assertThat(problems("base: models/a\nbase: models/b\n"))
        .containsExactly("line 2: base: given twice; keep one");
    assertThat(problems("newModel: {}\nnew_model: {}\n"))
        .containsExactly("line 2: new_model: given twice; keep one");
    assertThat(problems("task: {image_classification: {class_names: {a: x, a: y}}}"))
        .containsExactly("line 1: task.image_classification.class_names.a: given twice; keep one");
  }

  @Test
  void valuesOfTheWrongTypeAreReported() {
    assertThat(
            problems(
                """
                base: [a, b]
                task: {image_classification: {cosine_head: yes, validation_fraction: NaN}}
                training: {epochs: 3000000000, learning_rate: [[1]], seeds: [-1], clip_norm: 1e999}
                methods: [full]
                """))
        .containsExactly(
            "line 1: base: takes one value, not a list",
            "line 2: task.image_classification.cosine_head: expected true or false, found `yes`",
            "line 2: task.image_classification.validation_fraction: expected a number, found `NaN`",
            "line 3: training.epochs: expected a whole number, found `3000000000`",
            "line 3: training.learning_rate[0]: expected a number, not several",
            "line 3: training.seeds[0]: expected a whole number from 0 to 2^63-1, found `-1`",
            "line 3: training.clip_norm: expected a number, found `1e999`",
            "line 4: methods[0]: expected fields (id, full, lp, lp_ft, l2, l1, ewc, kd_features,"
                + " kd_logits, l2_decoupled, ldifs, lora, replay, flyp, early_stop, ema)");
  }

  @Test
  void whatIsNotYamlIsOneProblemWithItsLine() {
    assertThat(problems("base: models/a\nmethods: [\n")).hasSize(1);
    assertThat(problems("base: models/a\nmethods: [\n").get(0)).startsWith("line 3: not YAML: ");
    assertThat(problems("just text"))
        .containsExactly("line 1: expected fields such as `base:` and `methods:`");
    assertThat(problems(""))
        .containsExactly("line 1: expected fields such as `base:` and `methods:`");
  }

  @Test
  void aNestOfAliasesIsRefusedAndNotUnfolded() {
    assertThat(problems("base: &a [x]\nmethods: &b [*a, *a]\naverages: &c [*b, *b]\n"))
        .isNotEmpty()
        .hasSizeLessThan(20);
  }

  @Test
  void theCommandLineChangesValuesAndAddsMissingOnes() {
    ExperimentSpec spec =
        ExperimentFile.parse(
                "x.yaml",
                GOOD,
                Map.of(
                    "training.epochs", "2",
                    "methods[1].l2.lambda", "[0.1, 1e1]",
                    "training.augmentation.flip", "true",
                    "evaluations[0]", "{id: other, role: SPECIALITY}"))
            .spec();

    assertThat(spec.getTraining().getEpochs()).isEqualTo(2);
    assertThat(spec.getMethods(1).getL2().getLambdaList()).containsExactly(0.1, 10.0);
    assertThat(spec.getTraining().getAugmentation().getFlip()).isTrue();
    assertThat(spec.getEvaluations(0).getId()).isEqualTo("other");
  }

  @Test
  void changesThatDoNotFitAreReportedWithoutALine() {
    assertThat(problems(GOOD, Map.of("training.epochs", "many")))
        .containsExactly("training.epochs: expected a whole number, found `many`");
    assertThat(problems(GOOD, Map.of("methods[7].id", "x")))
        .containsExactly("methods[7].id: --set: position 7 is beyond the list's 2");
    assertThat(problems(GOOD, Map.of("base.name", "x")))
        .containsExactly("base.name: --set: the file has a value where the path has a field");
    assertThat(problems(GOOD, Map.of("a..b", "x")))
        .containsExactly("a..b: --set: not a path such as training.epochs or methods[0].id");
  }

  @Test
  void theLineOfAMissingPlaceIsThatOfWhatIsAroundIt() {
    ExperimentFile file = parse(GOOD);

    assertThat(file.lineOf("methods[1].l2.lambda")).isEqualTo(12);
    assertThat(file.lineOf("methods[1].l2.lambda[1]")).isEqualTo(12);
    assertThat(file.lineOf("evaluations[0].templates")).isEqualTo(16);
    assertThat(file.lineOf("nothing")).isZero();
  }

  @Test
  void aFileIsReadFromDiskAndNamedInItsProblems(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("pacs.yaml"), "bases: x\n");

    InvalidFileException refused =
        catchThrowableOfType(InvalidFileException.class, () -> ExperimentFile.read(file, Map.of()));

    assertThat(refused)
        .hasMessage(
            "pacs.yaml is not a valid experiment file:\n"
                + "  line 1: bases: unknown field; did you mean base?");
  }

  private static ExperimentFile parse(String text) {
    return ExperimentFile.parse("test.yaml", text, Map.of());
  }

  private static List<String> problems(String text) {
    return problems(text, Map.of());
  }

  private static List<String> problems(String text, Map<String, String> changes) {
    InvalidFileException refused =
        catchThrowableOfType(
            InvalidFileException.class, () -> ExperimentFile.parse("test.yaml", text, changes));
    return refused.problems().stream().map(FileProblem::toString).toList();
  }
}
