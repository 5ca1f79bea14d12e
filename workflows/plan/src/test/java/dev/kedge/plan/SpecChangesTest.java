package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.kedge.stage.v1.StageSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecChangesTest {
  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "null",
          "true",
          "0",
          "-1",
          "1e999",
          "-1e999",
          "NaN",
          "\"NaN\"",
          "1e-400",
          "9223372036854775808",
          "0x10",
          "1.5",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "[",
          "]",
          "{",
          "}",
          "{}",
          "[]",
          "[[]]",
          "[null]",
          "{\"a\": 1}",
          "1, \"method\": {}",
          "1} {",
          "\"" + "x".repeat(1 << 20) + "\"",
          "[".repeat(50_000),
          "{\"a\":".repeat(50_000),
          "9".repeat(100_000),
          "\u0000",
          "'",
          "//");

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
  void whateverIsSentForAnyParameterIsTakenOrRefusedAndNothingElse() {
    Set<String> paths = paths(train.getTrain(), "");
    assertThat(paths)
        .contains("optimisation.learning_rate", "method.l2.lambda")
        .hasSizeGreaterThan(20);
    for (String path : paths) {
      for (String value : HOSTILE) {
        boolean unused = isRefused(path, value);
      }
    }
    for (String path :
        List.of("", ".", "..", "method.", ".method", "method..l2", "\0", "a".repeat(100_000))) {
      assertThat(isRefused(path, "1")).as(path).isTrue();
    }
  }

  /** Lets anything but a refusal through. */
  private boolean isRefused(String path, String value) {
    try {
      assertThat(SpecChanges.apply(train, Map.of(path, value)).hasTrain()).isTrue();
      return false;
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(5_000);
      return true;
    }
  }

  /** Of all fields that the message has or could have. */
  private static Set<String> paths(Message message, String before) {
    Set<String> paths = new TreeSet<>();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      paths.add(before + field.getName());
      if (!field.isRepeated() && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        Message child = (Message) message.getField(field);
        paths.addAll(
            message.hasField(field) ? paths(child, before + field.getName() + ".") : Set.of());
      }
    }
    return paths;
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
