package dev.kedge.models.train;

import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
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
        golden.trace.assertSteps(loop);
        golden.trace.assertFinalWeights(loop);
        assertLogitsOfTheFirstBatch(golden, loop);
      }
    }
  }

  @Test
  void microBatchesChangeNothingButTheMemory() throws IOException {
    try (Scope scope = Scope.plain()) {
      GoldenRun golden = new GoldenRun(scope, "l2");
      try (TrainingLoop<LabelledBatch> loop = golden.loop(4)) {
        golden.trace.assertSteps(loop);
        golden.trace.assertFinalWeights(loop);
      }
    }
  }

  private static void assertLogitsOfTheFirstBatch(
      GoldenRun golden, TrainingLoop<LabelledBatch> loop) throws IOException {
    try (Scope scope = Scope.plain()) {
      LabelledBatch batch = golden.batches(scope, 0, 1).get(0);
      Weights all = golden.all().with(loop.moved());
      Tensor features = golden.clip.imageFeatures(scope, all, batch.inputs());
      golden.trace.assertLogits(golden.form.logits(scope, all, features).floats());
    }
  }
}
