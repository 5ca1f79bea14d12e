package dev.kedge.models.train;

import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten steps of every method on a language model against PyTorch's. */
class LanguageTrainingGoldenTest {
  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ft",
        "ft_hf_schedule",
        "ft_sgd",
        "ft_sgd_clip",
        "l1",
        "l1_sgd",
        "l2",
        "ewc",
        "ewc_sgd",
        "kd_logits",
        "lora",
        "lp",
        "lp_ft"
      })
  void aMethodsTraceIsThatOfPyTorch(String name) throws IOException {
    assertTrace(name, Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ft", "kd_logits", "ewc_sgd"})
  void microBatchesAreWeightedByTheirAnswerTokens(String name) throws IOException {
    assertTrace(name, 1);
  }

  /**
   * At steps 2 and 4 an input of a ReLU lies within 5e-7 of 0: on which side it is, is up to the
   * processor's rounding, and from there on either trace is right.
   */
  @Test
  void distilledFeaturesAreThoseOfPyTorchUntilAnActivationIsUndecided() throws IOException {
    try (Scope scope = Scope.plain()) {
      GoldenLanguageRun golden = new GoldenLanguageRun(scope, "kd_features");
      try (TrainingLoop<LanguageBatch> loop = golden.loop(Integer.MAX_VALUE)) {
        golden.trace.assertSteps(loop, 2);
      }
    }
  }

  private static void assertTrace(String name, int part) throws IOException {
    try (Scope scope = Scope.plain()) {
      GoldenLanguageRun golden = new GoldenLanguageRun(scope, name);
      try (TrainingLoop<LanguageBatch> loop = golden.loop(part)) {
        golden.trace.assertSteps(loop);
        golden.trace.assertFinalWeights(loop);
        golden.trace.assertLogits(golden.firstLogits(loop));
      }
    }
  }
}
