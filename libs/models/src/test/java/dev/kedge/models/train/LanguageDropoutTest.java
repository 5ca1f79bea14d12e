package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanguageDropoutTest {
  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  private static float[] states(double dropout, long noise, boolean recorded) throws IOException {
    try (Scope weights = Scope.plain();
        Scope scope = recorded ? Scope.recording() : Scope.plain()) {
      GoldenLanguageRun golden = new GoldenLanguageRun(weights, "ft");
      LanguageModel model = new LanguageModel(golden.model().config(), dropout, false);
      TokenBatch batch = TokenBatch.of(golden.sequences(0), noise);
      Tensor states = model.states(scope, golden.weights(), batch);
      return Autograd.copies(weights, new Weights(Map.of("x", states))).get("x").floats();
    }
  }

  @Test
  void masksAreAFunctionOfTheBatchsNoise() throws IOException {
    assertThat(states(0.3, 5, true)).isEqualTo(states(0.3, 5, true));
    assertThat(states(0.3, 6, true)).isNotEqualTo(states(0.3, 5, true));
  }

  @Test
  void aTeacherAndAnEvaluationSeeTheWholeModel() throws IOException {
    assertThat(states(0.3, 5, false)).isEqualTo(states(0, 5, true));
    assertThat(states(0.3, 5, true)).isNotEqualTo(states(0, 5, true));
  }

  @Test
  void impossibleRatesAreRefused() throws IOException {
    try (Scope scope = Scope.plain()) {
      GoldenLanguageRun golden = new GoldenLanguageRun(scope, "ft");
      assertThatThrownBy(() -> new LanguageModel(golden.model().config(), 1, false))
          .hasMessageContaining("dropout must be in [0, 1), not 1.0");
    }
  }
}
