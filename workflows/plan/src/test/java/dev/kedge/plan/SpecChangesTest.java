package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.stage.v1.StageSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecChangesTest {
  private final StageSpec train =
      PlannerTest.plan(Files.SMALL).stage("train-l2-lambda0.1-seed0").spec();

  @Test
  void aParameterIsChangedAndNothingElse() {
    StageSpec changed = SpecChanges.apply(train, Map.of("optimisation.learning_rate", "3e-5"));
    StageSpec.Builder expected = train.toBuilder();
    expected.getTrainBuilder().getOptimisationBuilder().setLearningRate(3e-5);
    assertThat(changed).isEqualTo(expected.build());
  }

  @Test
  void listsAndChoicesAreChangedAsAWhole() {
    StageSpec changed =
        SpecChanges.apply(
            train,
            Map.of(
                "classification.templates", "[\"a {}\", \"the {}\"]",
                "optimisation.schedule", "\"CONSTANT\"",
                "method.l2.lambda", "5"));
    assertThat(changed.getTrain().getClassification().getTemplatesList())
        .containsExactly("a {}", "the {}");
    assertThat(changed.getTrain().getOptimisation().getSchedule().name()).isEqualTo("CONSTANT");
    assertThat(changed.getTrain().getMethod().getL2().getLambda()).isEqualTo(5);
  }

  @Test
  void everyPartOfAMethodCanBeChanged() {
    String json =
        Files.SMALL.replace(
            "\"id\": \"full\", \"full\": {}",
            "\"id\": \"full\", \"lora\": {\"rank\": [8]}, \"early_stop\": {}");
    StageSpec composed = PlannerTest.plan(json).stage("train-full-seed0").spec();
    StageSpec changed =
        SpecChanges.apply(
            composed,
            Map.of(
                "method.lora.targets", "[\"fc1\"]",
                "method.early_stop.patience", "5",
                "optimisation.micro_batch", "8",
                "optimisation.rate_factors", "[{\"tensors\": \"head.*\", \"factor\": 10}]"));
    assertThat(changed.getTrain().getMethod().getLora().getTargetsList()).containsExactly("fc1");
    assertThat(changed.getTrain().getMethod().getEarlyStop().getPatience()).isEqualTo(5);
    assertThat(changed.getTrain().getOptimisation().getMicroBatch()).isEqualTo(8);
    assertThat(changed.getTrain().getOptimisation().getRateFactors(0).getFactor()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "optimisation.lr | 1 | optimisation.lr: `lr` is unknown; known are epochs, batch_size",
        "optimisation.epochs | \"many\" | optimisation.epochs: `\"many\"` is no int32",
        "optimisation.epochs | 1, \"seed\": 2 | is no int32",
        "optimisation.learning_rate | -1 | `-1` is not a number from 0 on",
        "optimisation.learning_rate | \"NaN\" | is not a number from 0 on",
        "optimisation | {} | `optimisation` is a group",
        "method.l1.lambda | 1 | `l1` is not part of this stage; it has l2",
        "method.l2.relative_to.stage | \"x\" | an input is not a parameter",
        "base.artifact | \"x\" | an input is not a parameter",
        "classification.train.part | \"ALL\" | an input is not a parameter",
        "optimisation.epochs.x | 1 | `epochs` has no fields of its own",
      })
  void aWrongChangeIsExplained(String path, String json, String message) {
    assertThatThrownBy(() -> SpecChanges.apply(train, Map.of(path, json)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
