package dev.kedge.models.fisher;

import dev.kedge.models.Golden;
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
import dev.kedge.models.train.GoldenLanguageRun;
import dev.kedge.tensors.MemoryTensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageFisherTest {
  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  @ParameterizedTest
  @CsvSource({
    "SEQUENCE, fisher_empirical, 8",
    "SEQUENCE, fisher_empirical, 1",
    "SEQUENCE, fisher_empirical, 3",
    "TOKEN_MEAN, fisher_empirical_token_mean_variant, 4"
  })
  void theFisherIsThatOfPyTorchsPerSequenceGradients(
      LanguageFisher.Unit unit, String file, int batchSize) throws IOException {
    try (Scope scope = Scope.plain()) {
      GoldenLanguageRun golden = new GoldenLanguageRun(scope, "ft");
      List<AnswerSequence> sequences = new ArrayList<>(golden.sequences(0));
      sequences.addAll(golden.sequences(1));
      MemoryTensors mean = fisher(golden.model(), golden.weights(), unit, sequences, batchSize);

      FisherGoldenTest.assertFisher(
          mean, Golden.of(getClass(), "lm").tensors(file + ".safetensors"));
    }
  }

  private static MemoryTensors fisher(
      LanguageModel model,
      Weights weights,
      LanguageFisher.Unit unit,
      List<AnswerSequence> sequences,
      int batchSize) {
    try (LanguageFisher fisher =
        new LanguageFisher(model, weights, unit, new FisherLabels.Observed())) {
      for (int from = 0; from < sequences.size(); from += batchSize) {
        int to = Math.min(from + batchSize, sequences.size());
        fisher.add(TokenBatch.of(sequences.subList(from, to)));
      }
      return fisher.mean();
    }
  }

  @ParameterizedTest
  @EnumSource
  void inEveryFamilyItIsTheMeanOfTheSquaredGradientsOfSingleSequences(NewLanguageModel.Kind kind)
      throws IOException {
    LanguageConfig config = new NewLanguageModel(24, 2, 4, 16, 40).of(kind);
    LanguageModel model = new LanguageModel(config);
    List<AnswerSequence> sequences =
        List.of(
            new AnswerSequence(new long[] {0, 7, 9, 7, 31, 2}, 3),
            new AnswerSequence(new long[] {0, 1, 9, 2}, 1),
            new AnswerSequence(new long[] {5, 7, 2, 0, 39, 8, 8, 12}, 5));
    try (Scope scope = Scope.plain()) {
      Weights weights = Weights.read(scope, LanguageInitialisation.of(config, 3));

      FisherGoldenTest.assertFisher(
          fisher(model, weights, LanguageFisher.Unit.SEQUENCE, sequences, 3),
          oneByOne(model, weights, sequences));
    }
  }

  /** Of 9,000 tokens' logits, fewer rows are held at once than the longer answer has. */
  @ParameterizedTest
  @EnumSource(names = {"OPT", "LLAMA"})
  void ofALongAnswerAndManyTokensItIsTheSame(NewLanguageModel.Kind kind) throws IOException {
    LanguageConfig config = new NewLanguageModel(8, 1, 2, 160, 9000).of(kind);
    LanguageModel model = new LanguageModel(config);
    long[] ids = new Random(1).longs(150, 4, 50).toArray();
    List<AnswerSequence> sequences =
        List.of(new AnswerSequence(ids, 149), new AnswerSequence(new long[] {0, 1, 9, 2}, 1));
    try (Scope scope = Scope.plain()) {
      Weights weights = Weights.read(scope, LanguageInitialisation.of(config, 3));

      FisherGoldenTest.assertFisher(
          fisher(model, weights, LanguageFisher.Unit.SEQUENCE, sequences, 2),
          oneByOne(model, weights, sequences));
    }
  }

  /** By autograd alone. */
  private static MemoryTensors oneByOne(
      LanguageModel model, Weights weights, List<AnswerSequence> sequences) {
    Map<String, float[]> sums = new LinkedHashMap<>();
    for (AnswerSequence sequence : sequences) {
      try (Scope tape = Scope.recording()) {
        Weights leaves = Autograd.leaves(tape, weights);
        TokenBatch batch = TokenBatch.of(List.of(sequence));
        Tensor logits = model.logits(tape, leaves, model.states(tape, leaves, batch));
        float[] ones = new float[batch.scored()];
        Arrays.fill(ones, 1);
        Tensor likelihood =
            SquaredGradients.KERNELS.tensor(
                tape,
                "rows_likelihood",
                logits,
                batch.targets(tape),
                Tensor.of(tape, ones, ones.length));
        Weights gradients = leaves.named(Autograd.gradients(tape, likelihood, leaves.all()));
        for (String name : weights.names()) {
          float[] values = gradients.get(name).floats();
          float[] sum = sums.computeIfAbsent(name, any -> new float[values.length]);
          for (int i = 0; i < values.length; i++) {
            sum[i] += values[i] * values[i] / sequences.size();
          }
        }
      }
    }
    MemoryTensors mean = new MemoryTensors();
    sums.forEach((name, values) -> mean.put(name, values, weights.get(name).shape()));
    return mean;
  }
}
