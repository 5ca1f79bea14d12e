package dev.kedge.models.train;

import static dev.kedge.models.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten steps of every method against PyTorch's, within the stated tolerances. */
class TrainingGoldenTest {
  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ft",
        "ft_cosine_head",
        "ft_hf_schedule",
        "ft_sgd",
        "ft_sgd_clip",
        "l1",
        "l1_sgd",
        "l2",
        "ewc",
        "ewc_sgd",
        "kd_features",
        "kd_logits",
        "lora",
        "lora_frozen_head",
        "lp",
        "lp_ft"
      })
  void aMethodsTraceIsThatOfPyTorch(String name) throws IOException {
    try (Scope scope = Scope.plain()) {
      GoldenRun golden = new GoldenRun(scope, name);
      try (TrainingLoop<LabelledBatch> loop = golden.loop(1)) {
        for (JsonNode expected : golden.trace.get("steps")) {
          assertStep(golden, loop.step(), expected);
        }
        assertFinalWeights(golden, name, loop);
        assertLogitsOfTheFirstBatch(golden, name, loop);
      }
    }
  }

  @Test
  void microBatchesChangeNothingButTheMemory() throws IOException {
    try (Scope scope = Scope.plain()) {
      GoldenRun golden = new GoldenRun(scope, "l2");
      try (TrainingLoop<LabelledBatch> loop = golden.loop(4)) {
        for (JsonNode expected : golden.trace.get("steps")) {
          assertStep(golden, loop.step(), expected);
        }
        assertFinalWeights(golden, "l2", loop);
      }
    }
  }

  private static void assertStep(GoldenRun golden, StepReport actual, JsonNode expected) {
    String at = "step " + actual.step() + ", ";
    double sum = golden.tolerance("penalty_and_total");
    assertThat(actual.rate())
        .as(at + "rate")
        .isEqualTo(expected.get("lr").asDouble(), within(1e-15));
    assertThat(actual.taskLoss())
        .as(at + "task loss")
        .isEqualTo(expected.get("task_loss").asDouble(), within(golden.tolerance("task_loss")));
    assertThat(actual.addedLoss())
        .as(at + "penalty")
        .isEqualTo(expected.get("penalty_weighted").asDouble(), within(sum));
    assertThat(actual.totalLoss())
        .as(at + "total loss")
        .isEqualTo(expected.get("total_loss").asDouble(), within(sum));
    assertThat(actual.gradientNorm())
        .as(at + "gradient norm")
        .isEqualTo(
            expected.get("grad_norm_before_clip").asDouble(),
            within(golden.tolerance("grad_norm")));
  }

  private static void assertFinalWeights(
      GoldenRun golden, String name, TrainingLoop<LabelledBatch> loop) {
    JsonNode illConditioned = golden.trace.get("measured_error").get("ill_conditioned_tensors");
    golden
        .finalWeights(name)
        .forEach(
            (tensor, expected) ->
                assertClose(
                    tensor,
                    loop.trained().get(tensor).floats(),
                    expected,
                    golden.tolerance(
                        illConditioned.has(tensor) ? "ill_conditioned_tensors" : "final_weights")));
  }

  private static void assertLogitsOfTheFirstBatch(
      GoldenRun golden, String name, TrainingLoop<LabelledBatch> loop) throws IOException {
    try (Scope scope = Scope.plain()) {
      LabelledBatch batch = golden.batches(scope, 0, 1).get(0);
      Tensor features =
          golden.clip.imageFeatures(scope, golden.all().with(loop.moved()), batch.inputs());
      Tensor logits = golden.form.logits(scope, golden.all().with(loop.moved()), features);
      assertClose(
          "logits",
          logits.floats(),
          golden
              .golden
              .tensors(name + "/logits_batch0_after_training.safetensors")
              .floats("logits"),
          golden.tolerance("logits"));
    }
  }
}
