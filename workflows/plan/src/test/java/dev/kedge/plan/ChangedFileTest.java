package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Method;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedFileTest {
  private final ExperimentSpec file = Files.parse(Files.SMALL);

  @Test
  void fieldsElementsAndWholePartsAreChangedAndNothingElse() {
    ChangedFile changed =
        ChangedFile.of(
            file,
            Map.of(
                "training.epochs", "7",
                "training.learningRate", "3e-5",
                "methods[1].l2.lambda[1]", "2",
                "methods[3]", "{\"id\": \"lp\", \"lp\": {}}",
                "averages", "null",
                "selection", "{\"within_points_of_best_speciality\": 3}"));

    ExperimentSpec.Builder expected = file.toBuilder().clearAverages();
    expected.getTrainingBuilder().setEpochs(7).clearLearningRate().addLearningRate(3e-5);
    expected.getMethodsBuilder(1).getL2Builder().setLambda(1, 2);
    expected.addMethodsBuilder().setId("lp").getLpBuilder();
    expected.getSelectionBuilder().setWithinPointsOfBestSpeciality(3);
    assertThat(changed.problems()).isEmpty();
    assertThat(changed.spec()).isEqualTo(expected.build());
  }

  @Test
  void aWholeListIsChangedBeforeItsElements() {
    ChangedFile changed =
        ChangedFile.of(
            file, Map.of("methods[0].id", "\"all\"", "methods", "[{\"id\": \"x\", \"full\": {}}]"));

    assertThat(changed.spec().getMethodsList()).hasSize(1);
    assertThat(changed.spec().getMethods(0).getId()).isEqualTo("all");
  }

  @Test
  void elementsAreAddedInTheOrderOfTheirPositions() {
    Map<String, String> changes = new HashMap<>();
    for (int i = 3; i < 12; i++) {
      changes.put("methods[%d]".formatted(i), "{\"id\": \"m%d\", \"lp\": {}}".formatted(i));
    }

    ChangedFile changed = ChangedFile.of(file, changes);

    assertThat(changed.problems()).isEmpty();
    assertThat(changed.spec().getMethodsList())
        .extracting(Method::getId)
        .startsWith("full")
        .endsWith("m9", "m10", "m11");
  }

  @Test
  void aWholeValueTakesThePlaceOfAnotherThatExcludesIt() {
    ChangedFile changed = ChangedFile.of(file, Map.of("new_model", "{\"clip\": {}}"));

    assertThat(changed.spec().hasBase()).isFalse();
    assertThat(changed.spec().getNewModel().hasClip()).isTrue();
  }

  @Test
  void theTextsOfNewValuesAreKnownAlsoThoseDeepInside() {
    ChangedFile changed =
        ChangedFile.of(
            file,
            Map.of(
                "base", "\"models/other\"",
                "evaluations[0]",
                    "{\"id\": \"p\", \"dataset\": \"datasets/new\", \"role\": \"SPECIALITY\"}"));

    assertThat(changed.texts()).contains("models/other", "datasets/new").doesNotContain("art");
  }

  @Test
  void everyWrongChangeIsToldWithItsPathAndTheOthersAreMade() {
    ChangedFile changed =
        ChangedFile.of(
            file, Map.of("bse", "1", "training.epochs", "\"x\"", "training.seeds", "[4]"));

    assertThat(changed.problems())
        .extracting(Problem::path)
        .containsExactly("bse", "training.epochs");
    assertThat(changed.spec().getTraining().getSeedsList()).containsExactly(4L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.epoch | 1 | `epoch` is unknown; known are epochs, batch_size",
        "training.epochs | 1, \"seeds\": [2] | is no int32",
        "training.epochs | 1.5 | `1.5` is no int32",
        "training.learning_rate | [\"x\"] | is no list of double",
        "training.schedule | \"SOMETIMES\" | is no one of [",
        "training.epochs.x | 1 | `epochs` has no fields of its own",
        "training.epochs[0] | 1 | `epochs` is no list",
        "methods.id | \"x\" | `methods` is a list: name one element, as in methods[0]",
        "methods[9].id | \"x\" | position 9 is beyond the list's 3",
        "methods[4] | {} | position 4 is beyond the list's 4",
        "methods[0] | {}, {} | is no object with the fields id, ",
        "methods[3] | {\"id\": \"kd\", \"kd\": {}} | has the unknown field `kd`",
        "task.instruction.prompt | \"x\" | excludes `image_classification`, which the file has",
        "methods[2] | null | `null` takes no element out: set `methods` whole, without it",
        "a..b | 1 | not a path such as",
        "training.epochs | [[[ | is no int32",
      })
  void aWrongChangeIsExplained(String path, String json, String message) {
    assertThat(ChangedFile.of(file, Map.of(path, json)).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo(path);
              assertThat(problem.message()).contains(message);
            });
  }
}
