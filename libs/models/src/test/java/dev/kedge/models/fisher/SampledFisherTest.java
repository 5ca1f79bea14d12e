package dev.kedge.models.fisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.kedge.models.train.GoldenRun;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SampledFisherTest {
  private static final int VOCABULARY = 12;
  private static final int SEED = 4;

  /** Two sequences of which three tokens are scored. */
  private static final List<AnswerSequence> SEQUENCES =
      List.of(
          new AnswerSequence(new long[] {0, 7, 9, 7, 11, 2}, 2),
          new AnswerSequence(new long[] {0, 1, 9, 2}, 1));

  private final LanguageConfig config =
      new NewLanguageModel(8, 1, 2, 8, VOCABULARY).of(NewLanguageModel.Kind.GPT2);
  private final LanguageModel model = new LanguageModel(config);

  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  @Test
  void ofAClassifierItComesNearTheExpectedInformationWithManyDraws() throws IOException {
    TensorSource exact = Golden.of(getClass(), "classifier").tensors("fisher_exact.safetensors");
    double few = distance(ofClassifier(4), exact);
    double many = distance(ofClassifier(400), exact);
    System.out.printf("sampled information: 4 draws %.3f, 400 draws %.3f off%n", few, many);
    assertThat(many).isLessThan(0.1).isLessThan(few / 3);
  }

  private static MemoryTensors ofClassifier(int draws) throws IOException {
    try (Scope scope = Scope.plain()) {
      GoldenRun golden = new GoldenRun(scope, "ft");
      Weights weights = golden.model().with(golden.start());
      FisherLabels labels = new FisherLabels.Sampled(draws, SEED);
      try (ClassifierFisher fisher = new ClassifierFisher(golden.clip(), weights, labels)) {
        for (int batch = 0; batch < 2; batch++) {
          for (LabelledBatch part : golden.batches(scope, batch, 1)) {
            fisher.add(part);
          }
        }
        return fisher.mean();
      }
    }
  }

  @Test
  void ofALanguageModelItComesNearTheSumOverEveryToken() throws IOException {
    try (Scope scope = Scope.plain()) {
      Weights weights = Weights.read(scope, LanguageInitialisation.of(config, 3));
      MemoryTensors exact = expected(weights);
      double few = distance(sampled(weights, 4, 2), exact);
      double many = distance(sampled(weights, 1000, 2), exact);
      System.out.printf("sampled information: 4 draws %.3f, 1000 draws %.3f off%n", few, many);
      assertThat(many).isLessThan(0.1).isLessThan(few / 3);
    }
  }

  @Test
  void aRowsLabelsDoNotHangOnItsBatch() throws IOException {
    try (Scope scope = Scope.plain()) {
      Weights weights = Weights.read(scope, LanguageInitialisation.of(config, 3));
      FisherGoldenTest.assertFisher(sampled(weights, 3, 1), sampled(weights, 3, 2));
    }
  }

  private MemoryTensors sampled(Weights weights, int draws, int batchSize) {
    FisherLabels labels = new FisherLabels.Sampled(draws, SEED);
    try (LanguageFisher fisher =
        new LanguageFisher(model, weights, LanguageFisher.Unit.SEQUENCE, labels)) {
      for (int from = 0; from < SEQUENCES.size(); from += batchSize) {
        fisher.add(TokenBatch.of(SEQUENCES.subList(from, from + batchSize)));
      }
      return fisher.mean();
    }
  }

  /** Token by token of each answer, and for each the sum over the whole vocabulary. */
  private MemoryTensors expected(Weights weights) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (AnswerSequence sequence : SEQUENCES) {
      for (int row = 0; row < sequence.answer(); row++) {
        for (int token = 0; token < VOCABULARY; token++) {
          add(weights, sequence, row, token, sums);
        }
      }
    }
    MemoryTensors mean = new MemoryTensors();
    sums.forEach(
        (name, values) -> {
          float[] floats = new float[values.length];
          for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) (values[i] / SEQUENCES.size());
          }
          mean.put(name, floats, weights.get(name).shape());
        });
    return mean;
  }

  /** Adds p(token) times the squared gradient of log p(token), by autograd alone. */
  private void add(
      Weights weights, AnswerSequence sequence, int row, int token, Map<String, double[]> sums) {
    try (Scope tape = Scope.recording()) {
      Weights leaves = Autograd.leaves(tape, weights);
      TokenBatch batch = TokenBatch.of(List.of(sequence));
      Tensor logits = model.logits(tape, leaves, model.states(tape, leaves, batch));
      int rows = sequence.answer();
      long[] labels = new long[rows];
      float[] shares = new float[rows];
      labels[row] = token;
      shares[row] = 1;
      Tensor likelihood =
          SquaredGradients.KERNELS.tensor(
              tape,
              "rows_likelihood",
              logits,
              Tensor.of(tape, labels, rows),
              Tensor.of(tape, shares, rows));
      double probability = Math.exp(likelihood.number());
      Weights gradients = leaves.named(Autograd.gradients(tape, likelihood, leaves.all()));
      for (String name : weights.names()) {
        float[] values = gradients.get(name).floats();
        double[] sum = sums.computeIfAbsent(name, any -> new double[values.length]);
        for (int i = 0; i < values.length; i++) {
          sum[i] += probability * values[i] * values[i];
        }
      }
    }
  }

  /** Σ |a − b| / Σ b over all tensors. */
  private static double distance(TensorSource actual, TensorSource wanted) throws IOException {
    double difference = 0;
    double sum = 0;
    for (String name : wanted.specs().keySet()) {
      float[] a = actual.floats(name);
      float[] b = wanted.floats(name);
      for (int i = 0; i < b.length; i++) {
        difference += Math.abs(a[i] - b[i]);
        sum += b[i];
      }
    }
    return difference / sum;
  }

  /** As places of one seed and of the next would be drawn from the same numbers. */
  @Test
  void neighbouringSeedsDrawNothingAlike() {
    int apart = 1_000_003;
    try (Scope scope = Scope.plain()) {
      Tensor logits = Tensor.of(scope, new float[64 * 256], 64, 256);
      Tensor observed = Tensor.of(scope, new long[64], 64);
      var rows = new FisherLabels.Rows(logits, observed, observed, 0);
      long[] here = new FisherLabels.Sampled(1, SEED, apart).labels(scope, rows, 0).longs();
      long[] there = new FisherLabels.Sampled(1, SEED + 1, 0).labels(scope, rows, 0).longs();
      assertThat(here).isNotEqualTo(there);
    }
  }

  @Test
  void aSumOverTheVocabularyIsRefused() throws IOException {
    try (Scope scope = Scope.plain()) {
      Weights weights = Weights.read(scope, LanguageInitialisation.of(config, 3));
      assertThatThrownBy(
              () ->
                  new LanguageFisher(
                      model, weights, LanguageFisher.Unit.SEQUENCE, new FisherLabels.Expected()))
          .hasMessageContaining("draw the labels instead");
    }
  }
}
