package dev.kedge.models.fisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageInitialisation;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.NewLanguageModel;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.LanguageRecords;
import dev.kedge.tensors.MemoryTensors;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SingleTokensTest {
  private static final List<AnswerSequence> SEQUENCES =
      List.of(
          new AnswerSequence(new long[] {5, 7, 3}, 1),
          new AnswerSequence(new long[] {0, 7, 9, 7, 11, 2}, 3),
          new AnswerSequence(new long[] {0, 1, 9, 2}, 2));

  private final SingleTokens tokens =
      new SingleTokens(new LanguageRecords(List.of("a", "b", "c"), SEQUENCES), new int[] {2, 1});

  @Test
  void everyTokenEndsASequence() {
    assertThat(IntStream.range(0, tokens.size()).mapToObj(i -> tokens.at(i).ids()))
        .containsExactly(
            new long[] {0, 1, 9},
            new long[] {0, 1, 9, 2},
            new long[] {0, 7, 9, 7},
            new long[] {0, 7, 9, 7, 11},
            new long[] {0, 7, 9, 7, 11, 2});
    assertThat(IntStream.range(0, tokens.size()).map(i -> tokens.at(i).answer())).containsOnly(1);
    assertThat(tokens.tokens(3)).isEqualTo(4);
    assertThat(tokens.name(3)).isEqualTo("b token 1");
  }

  /** The other side of the comparison differentiates single rows of whole sequences' logits. */
  @ParameterizedTest
  @EnumSource(names = {"OPT", "LLAMA"})
  void theirInformationIsThatOfTheRowsOfWholeSequences(NewLanguageModel.Kind kind)
      throws IOException {
    ComputeThreads.use(1);
    LanguageConfig config = new NewLanguageModel(8, 1, 2, 8, 12).of(kind);
    LanguageModel model = new LanguageModel(config);
    try (Scope scope = Scope.plain()) {
      Weights weights = Weights.read(scope, LanguageInitialisation.of(config, 3));
      try (LanguageFisher fisher =
          new LanguageFisher(
              model, weights, LanguageFisher.Unit.SEQUENCE, new FisherLabels.Observed())) {
        fisher.add(TokenBatch.of(IntStream.range(0, tokens.size()).mapToObj(tokens::at).toList()));
        FisherGoldenTest.assertFisher(fisher.mean(), rowByRow(model, weights));
      }
    }
  }

  private MemoryTensors rowByRow(LanguageModel model, Weights weights) {
    Map<String, float[]> sums = new LinkedHashMap<>();
    for (AnswerSequence sequence : SEQUENCES.subList(1, 3)) {
      for (int row = 0; row < sequence.answer(); row++) {
        add(model, weights, sequence, row, sums);
      }
    }
    MemoryTensors mean = new MemoryTensors();
    sums.forEach((name, values) -> mean.put(name, values, weights.get(name).shape()));
    return mean;
  }

  private void add(
      LanguageModel model,
      Weights weights,
      AnswerSequence sequence,
      int row,
      Map<String, float[]> sums) {
    try (Scope tape = Scope.recording()) {
      Weights leaves = Autograd.leaves(tape, weights);
      TokenBatch batch = TokenBatch.of(List.of(sequence));
      Tensor logits = model.logits(tape, leaves, model.states(tape, leaves, batch));
      float[] shares = new float[sequence.answer()];
      shares[row] = 1;
      Tensor likelihood =
          SquaredGradients.KERNELS.tensor(
              tape,
              "rows_likelihood",
              logits,
              batch.targets(tape),
              Tensor.of(tape, shares, shares.length));
      Weights gradients = leaves.named(Autograd.gradients(tape, likelihood, leaves.all()));
      for (String name : weights.names()) {
        float[] values = gradients.get(name).floats();
        float[] sum = sums.computeIfAbsent(name, any -> new float[values.length]);
        for (int i = 0; i < values.length; i++) {
          sum[i] += values[i] * values[i] / tokens.size();
        }
      }
    }
  }
}
