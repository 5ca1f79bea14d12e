package dev.kedge.models.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NewLanguageModelTest {
  @ParameterizedTest
  @EnumSource
  void aNewModelOfEveryKindGuessesNearlyEvenly(NewLanguageModel.Kind kind) throws IOException {
    ComputeThreads.use(1);
    LanguageConfig config = new NewLanguageModel(48, 2, 4, 32, 300).of(kind);
    try (Scope scope = Scope.plain()) {
      Weights weights = Weights.read(scope, LanguageInitialisation.of(config, 1));
      TokenBatch batch = TokenBatch.of(List.of(new AnswerSequence(new long[] {0, 5, 9, 2}, 3)));
      LanguageModel model = new LanguageModel(config);
      Tensor states = model.states(scope, weights, batch);

      float[] likelihoods =
          model.logLikelihoods(scope, weights, states, batch.targets(scope)).floats();

      for (float each : likelihoods) {
        assertThat(-each).isBetween((float) Math.log(300) - 0.8f, (float) Math.log(300) + 0.8f);
      }
    }
  }

  @Test
  void aGalacticaHasNeitherBiasesNorScaledNorms() {
    LanguageConfig config =
        new NewLanguageModel(48, 2, 4, 32, 300).of(NewLanguageModel.Kind.GALACTICA);

    assertThat(LanguageTensors.of(config).keySet())
        .noneMatch(name -> name.endsWith("bias") || name.contains("norm"));
  }

  @Test
  void headsThatCannotShareTheWidthAreRefused() {
    assertThatThrownBy(() -> new NewLanguageModel(50, 2, 4, 32, 300))
        .hasMessageContaining("a width of 50 cannot be shared equally by 4 heads");
  }
}
