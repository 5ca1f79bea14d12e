package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.ExperimentSpec;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentRulesTest {
  @ParameterizedTest
  @ValueSource(strings = {Files.SMALL, Files.CONTRASTIVE})
  void aGoodFileHasNoProblems(String json) {
    assertThat(check(json)).isEmpty();
  }

  @Test
  void anEmptyFileNamesEverythingThatIsMissing() {
    assertThat(paths("{}"))
        .containsExactly(
            "base", "task", "training.epochs", "training.learning_rate", "methods", "evaluations");
  }

  @Test
  void choicesThatThisVersionDoesNotKnowAreNamed() {
    ExperimentSpec.Builder spec = Files.parse(Files.SMALL).toBuilder();
    spec.setDeviceValue(99);
    spec.getMethodsBuilder(2).getEwcBuilder().setUnitValue(-1);
    spec.getEvaluationsBuilder(1).setRoleValue(7);

    assertThat(ExperimentRules.check(spec.build(), FixedCatalog.of(spec.build())))
        .extracting(Problem::toString)
        .containsExactly(
            "methods[2].ewc.unit: unknown: write one of SEQUENCE, TOKEN_MEAN, TOKEN",
            "evaluations[1].role: unknown: write one of SPECIALITY, GENERALITY",
            "device: unknown: write one of AUTO, CPU, CUDA");
  }

  /** Each row changes one text of the small file into another, and names where that is wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "models/clip-base | models/CLIP | base",
        "datasets/photo-train | photo | task.image_classification.train",
        "0.1} | 1} | task.image_classification.validation_fraction",
        "0.1} | 0.1, \"templates\": [\"a photo\"]} | task.image_classification.templates[0]",
        "0.1} | 0.1, \"classes\": [\"cat\"]} | task.image_classification.classes",
        "0.1} | 0.1, \"class_names\": {\"cow\": \"ox\"}} |"
            + " task.image_classification.class_names.cow",
        "\"epochs\": 2 | \"epochs\": 0 | training.epochs",
        "\"epochs\": 2 | \"epochs\": 2, \"dropout\": 0.1 | training.dropout",
        "1e-5 | -1 | training.learning_rate[0]",
        "1e-5 | 1e-5, 1e-5 | training.learning_rate[1]",
        "[0, 1] | [3, 3] | training.seeds[1]",
        "\"id\": \"full\" | \"id\": \"Full\" | methods[0].id",
        "\"id\": \"full\" | \"id\": \"base\" | methods[0].id",
        "\"id\": \"l2\" | \"id\": \"full\" | methods[1].id",
        "[0.1, 1] | [0.1, -1] | methods[1].l2.lambda[1]",
        "[0.1, 1] | [] | methods[1].l2.lambda",
        "0.1} | 0.1, \"cosine_head\": true} | methods[2].ewc",
        "\"full\": {} | \"full\": {}, \"lp\": {} | methods[0]",
        "\"full\": {} | \"ema\": {\"decay\": [1]} | methods[0].ema.decay[0]",
        "\"full\": {} | \"lp\": {\"learning_rate\": [0]} | methods[0].lp.learning_rate[0]",
        "\"full\": {} | \"lp_ft\": {\"epochs\": -1} | methods[0].lp_ft.epochs",
        "\"full\": {} | \"lora\": {} | methods[0].lora.rank",
        "\"full\": {} | \"lora\": {\"rank\": [0]} | methods[0].lora.rank[0]",
        "\"full\": {} | \"lora\": {\"rank\": [4], \"alpha\": [0]} | methods[0].lora.alpha[0]",
        "\"full\": {} | \"lora\": {\"rank\": [4]}, \"lp\": {} | methods[0]",
        "\"full\": {} | \"lora\": {\"rank\": [4]}, \"l2_decoupled\": {\"lambda\": [1]} |"
            + " methods[0]",
        "\"full\": {} | \"replay\": {\"fraction\": [1]} | methods[0].replay.fraction[0]",
        "\"full\": {} | \"replay\": {\"fraction\": [0.5]} | methods[0].replay.calibration",
        "\"full\": {} | \"flyp\": {}, \"kd_logits\": {\"lambda\": [1]} | methods[0]",
        "\"full\": {} | \"kd_logits\": {\"lambda\": [1], \"temperature\": [0]} |"
            + " methods[0].kd_logits.temperature[0]",
        "\"full\": {} | \"early_stop\": {\"patience\": -1} | methods[0].early_stop.patience",
        "\"full\": {} | \"l2_decoupled\": {\"lambda\": [1, 1e9]} | methods[0].l2_decoupled.lambda",
        "\"full\": {} | \"l2\": {\"lambda\": [1], \"relative\": true} | methods[0].l2.relative",
        "\"epochs\": 2 | \"epochs\": 2, \"micro_batch\": -1 | training.micro_batch",
        "\"epochs\": 2 | \"epochs\": 2, \"dropout\": 1 | training.dropout",
        "\"epochs\": 2 | \"epochs\": 2, \"rate_factors\": [{}] | training.rate_factors[0].tensors",
        "\"epochs\": 2 | \"epochs\": 2, \"augmentation\": {\"random_resized_crop\": {}} |"
            + " training.augmentation.random_resized_crop.min_scale",
        "\"epochs\": 2 | \"epochs\": 2, \"augmentation\": {\"colour\": {\"contrast\": 2}} |"
            + " training.augmentation.colour.contrast",
        "[\"full\"] | [\"ful\"] | averages[0].of[0]",
        "[0, 0.5, 1] | [1.5] | averages[0].wise_ft.alphas[0]",
        "{\"id\": \"soup\", \"uniform_soup\": {} | {\"id\": \"soup\" | averages[1]",
        "\"id\": \"photo\" | \"id\": \"validation\" | evaluations[0].id",
        "\"id\": \"art\" | \"id\": \"photo\" | evaluations[1].id",
        ", \"role\": \"SPECIALITY\" | ~~ | evaluations[0].role",
        "datasets/photo-test | datasets/photo-train | evaluations[0].dataset",
        "datasets/photo-test | datasets/sample | evaluations[0].dataset",
        "datasets/art-test | datasets/art-train | evaluations[2].dataset",
        "\"validation_fraction\": 0.1 | \"validation_fraction\": 0 | selection",
        "speciality\": 2 | speciality\": -1 | selection.within_points_of_best_speciality",
        "\"selection\" | \"priority\": 6, \"selection\" | priority",
        "\"selection\" | \"priority\": 0, \"selection\" | priority",
        "\"selection\" | \"limits\": {\"finish_within_hours\": 0}, \"selection\" |"
            + " limits.finish_within_hours",
        "\"selection\" | \"limits\": {\"compute_hours\": -1}, \"selection\" |"
            + " limits.compute_hours",
        "\"selection\" | \"limits\": {\"compute_hours\": \"NaN\"}, \"selection\" |"
            + " limits.compute_hours",
      })
  void aMistakeIsFoundAtItsPlace(String text, String wrong, String path) {
    assertThat(Files.SMALL).contains(text);
    String json = Files.SMALL.replaceFirst(Pattern.quote(text), wrong);
    assertThat(paths(json)).contains(path);
  }

  @Test
  void twoNamesOfOneDataSetOverlap() {
    ExperimentSpec spec = Files.parse(Files.SMALL);
    FixedCatalog catalog = FixedCatalog.of(spec);
    catalog.add("datasets/photo-test", "sha256:datasets/photo-train", List.of("cat", "dog"));
    assertThat(ExperimentRules.check(spec, catalog))
        .singleElement()
        .hasToString(
            "evaluations[0].dataset: datasets/photo-test is used for REPORT here, and the same data"
                + " as datasets/photo-train for training at task.image_classification.train: give"
                + " other data in one of the places");
  }

  @Test
  void theTrainingDataDoNotStandForTheOldKnowledge() {
    String replay = "\"replay\": {\"fraction\": [0.5], \"calibration\": \"datasets/photo-train\"}";
    assertThat(check(Files.SMALL.replace("\"full\": {}", replay)))
        .singleElement()
        .hasToString(
            "methods[0].replay.calibration: datasets/photo-train is used for calibration here and"
                + " for training at task.image_classification.train: give other data in one of the"
                + " places");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"epochs\": ', '\"batch_size\": 0, \"epochs\": ', training.batch_size",
    "'\"epochs\": ', '\"threads\": 0, \"epochs\": ', training.threads",
    "'\"full\": {}', '\"early_stop\": {\"patience\": 0}', methods[0].early_stop.patience"
  })
  void aZeroThatIsWrittenIsNoDefault(String there, String instead, String path) {
    assertThat(check(Files.SMALL.replace(there, instead)))
        .singleElement()
        .hasToString(path + ": 0 must be at least 1: leave it out for the default");
  }

  @Test
  void whatIsNotRegisteredIsNamedWithTheCommandThatHelps() {
    ExperimentSpec spec = Files.parse(Files.SMALL);
    FixedCatalog catalog = FixedCatalog.of(spec);
    catalog.remove("models/clip-base");
    catalog.remove("datasets/art-test");
    assertThat(ExperimentRules.check(spec, catalog))
        .extracting(Problem::toString)
        .containsExactly(
            "base: there is no model models/clip-base: import it with `kedge model import`",
            "evaluations[1].dataset: there is no data set datasets/art-test: import it with"
                + " `kedge dataset import`");
  }

  @Test
  void whatIsNotNamedIsMissingAndACalibrationSetSaysWhatItIs() {
    String average = "{\"id\": \"f\", \"fisher\": {}, \"of\": [\"full\"]}, {\"id\": \"soup\"";
    String json =
        Files.SMALL
            .replace("\"calibration\": \"datasets/sample\"", "\"samples\": 8")
            .replace("{\"id\": \"soup\"", average)
            .replace("\"dataset\": \"datasets/art-test\", ", "")
            .replace("models/clip-base", "clip-base");
    assertThat(check(json))
        .extracting(Problem::toString)
        .contains(
            "base: `clip-base` is not a reference: write models/NAME, models/NAME@ALIAS or"
                + " models/NAME/versions/V",
            "evaluations[1].dataset: missing: write datasets/NAME or datasets/NAME/versions/V")
        .filteredOn(problem -> problem.contains("calibration"))
        .containsExactly(
            "methods[2].ewc.calibration: missing: name the data that stands for the old knowledge,"
                + " as datasets/NAME, which `kedge dataset import` registers",
            "averages[1].fisher.calibration: missing: name the data that stands for the old"
                + " knowledge, as datasets/NAME, which `kedge dataset import` registers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat house", "cat", "cat dog house"})
  void aCalibrationSetWithOtherClassesIsRefused(String classes) {
    ExperimentSpec spec = Files.parse(Files.SMALL);
    FixedCatalog catalog = FixedCatalog.of(spec);
    catalog.add("datasets/sample", "sha256:sample", List.of(classes.split(" ", -1)));
    assertThat(ExperimentRules.check(spec, catalog))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("methods[2].ewc.calibration");
              assertThat(problem.message()).contains("[cat, dog]");
            });
  }

  @Test
  void theNewTaskIsNotMeasuredOnClassesThatItDoesNotHave() {
    ExperimentSpec spec = Files.parse(Files.SMALL);
    FixedCatalog catalog = FixedCatalog.of(spec);
    catalog.add("datasets/photo-test", "sha256:photo", List.of("cat", "hound"));
    assertThat(ExperimentRules.check(spec, catalog))
        .extracting(Problem::toString)
        .containsExactly(
            "evaluations[0].dataset: the classes [hound] of datasets/photo-test are not among the"
                + " task's, which are [cat, dog]");
  }

  @Test
  void aTestOfGeneralityMayHaveOtherClasses() {
    ExperimentSpec spec = Files.parse(Files.SMALL);
    FixedCatalog catalog = FixedCatalog.of(spec);
    catalog.add("datasets/art-test", "sha256:art", List.of("bush", "tree"));
    assertThat(ExperimentRules.check(spec, catalog)).isEmpty();
  }

  @Test
  void onlyFullGoesWithAContrastiveTask() {
    assertThat(paths(Files.CONTRASTIVE.replace("\"full\": {}", "\"lp\": {}")))
        .containsExactly("methods[0].lp");
  }

  @Test
  void aPicturesOwnCaptionsNeedDataThatHasThem() {
    String json = Files.CONTRASTIVE.replace("a photo of a {}", "{caption}");
    ExperimentSpec spec = Files.parse(json);
    FixedCatalog catalog = FixedCatalog.of(spec);
    assertThat(ExperimentRules.check(spec, catalog))
        .extracting(Problem::toString)
        .containsExactly(
            "task.contrastive.sources[0].captions[0]: `{caption}` needs pictures with captions:"
                + " import them with --format image_captions");
    catalog.addCaptioned("datasets/photo");
    assertThat(ExperimentRules.check(spec, catalog)).isEmpty();
    assertThat(paths(Files.CONTRASTIVE.replace("a photo of a {}", "{caption} of a {}")))
        .contains("task.contrastive.sources[0].captions[0]");
  }

  @Test
  void earlyStoppingNeedsDataToStopBy() {
    String json =
        Files.SMALL
            .replace("\"full\": {}", "\"early_stop\": {}")
            .replace("\"validation_fraction\": 0.1", "\"validation_fraction\": 0");
    assertThat(paths(json)).contains("methods[0].early_stop");
  }

  @Test
  void replayFromReportedDataIsRefused() {
    String replay = "\"replay\": {\"fraction\": [0.5], \"calibration\": \"datasets/art-test\"}";
    assertThat(check(Files.SMALL.replace("\"full\": {}", replay)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("evaluations[1].dataset");
              assertThat(problem.message()).contains("methods[0].replay.calibration");
            });
  }

  @Test
  void aNewModelHasNothingToProtect() {
    String json = Files.CONTRASTIVE.replace("\"full\": {}", "\"ema\": {\"decay\": [0.9]}");
    assertThat(paths(json)).containsExactly("methods[0].ema");
  }

  @Test
  void aNewModelCannotBeAveragedWithItsRandomBase() {
    String averages =
        "\"averages\": [{\"id\": \"w\", \"wise_ft\": {\"alphas\": [0.5]}, \"of\": [\"full\"]}],";
    assertThat(paths(Files.CONTRASTIVE.replace("\"evaluations\"", averages + "\"evaluations\"")))
        .containsExactly("averages[0].wise_ft");
  }

  @Test
  void theSizesOfANewModelMustFit() {
    String clip = "\"clip\": {\"patch_size\": 7, \"vision_heads\": 5, \"context_length\": 2}";
    assertThat(paths(Files.CONTRASTIVE.replace("\"clip\": {}", clip)))
        .containsExactly(
            "new_model.clip.image_size",
            "new_model.clip.vision_width",
            "new_model.clip.context_length");
  }

  @Test
  void aGridBeyondTwoThousandStagesIsRefusedWithoutBeingMade() {
    var spec = Files.parse(Files.SMALL).toBuilder();
    for (int i = 0; i < 1_000_000; i++) {
      spec.getTrainingBuilder().addSeeds(i + 2L);
    }
    assertThat(ExperimentRules.check(spec.build(), FixedCatalog.of(spec.build())))
        .extracting(Problem::message)
        .anyMatch(message -> message.contains("stages; at most 2000"));
  }

  @Test
  void everyShareOfADataSetIsAStageOfItsOwn() {
    ExperimentSpec spec = Files.parse(Files.SMALL);
    FixedCatalog catalog = FixedCatalog.of(spec);
    assertThat(ExperimentRules.check(spec, catalog)).isEmpty();
    long before = Runs.stages(spec, catalog);
    catalog.addInShares("datasets/photo-train", 2000);
    assertThat(Runs.stages(spec, catalog)).isEqualTo(before + 2000);
    assertThat(ExperimentRules.check(spec, catalog))
        .extracting(Problem::message)
        .anyMatch(message -> message.contains("stages; at most 2000"));
  }

  @Test
  void moreThanThreeThousandPointsAreRefused() {
    var spec = Files.parse(Files.SMALL).toBuilder();
    for (int i = 0; i < 1500; i++) {
      spec.getAveragesBuilder(0).getWiseFtBuilder().addAlphas((i + 1) / 1501.0);
    }
    assertThat(ExperimentRules.check(spec.build(), FixedCatalog.of(spec.build())))
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.message()).contains("points to compare; at most 3000"));
  }

  private static List<Problem> check(String json) {
    ExperimentSpec spec = Files.parse(json);
    return ExperimentRules.check(spec, FixedCatalog.of(spec));
  }

  private static List<String> paths(String json) {
    return check(json).stream().map(Problem::path).toList();
  }
}
