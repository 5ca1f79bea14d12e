package dev.kedge.models.score;

import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A loaded language model that tells how unlikely it finds answers. */
public final class LanguageScorer implements AutoCloseable {
  /** Most tokens computed at once, padding included. */
  private static final int TOKENS_AT_ONCE = 4096;

  private final Scope scope = Scope.plain();
  private final LanguageModel model;
  private final Weights weights;

  /**
   * Loads a model.
   *
   * @param source under the names of {@link LanguageTensors}
   */
  public LanguageScorer(LanguageConfig config, TensorSource source) throws IOException {
    this.model = new LanguageModel(config);
    this.weights = Weights.read(scope, source, LanguageTensors.of(config).keySet());
  }

  /**
   * Scores sequences, those of like lengths together.
   *
   * @return of each, −ln p of its scored tokens given what stands before them
   */
  public double[] nats(List<AnswerSequence> sequences) {
    double[] nats = new double[sequences.size()];
    List<Integer> together = new ArrayList<>();
    for (int next : shortestFirst(sequences)) {
      // The next one is the longest so far: all are padded to its length.
      if ((together.size() + 1) * sequences.get(next).inputs() > TOKENS_AT_ONCE) {
        score(sequences, together, nats);
        together.clear();
      }
      together.add(next);
    }
    score(sequences, together, nats);
    return nats;
  }

  private static List<Integer> shortestFirst(List<AnswerSequence> sequences) {
    return IntStream.range(0, sequences.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> sequences.get(i).inputs()))
        .toList();
  }

  private void score(List<AnswerSequence> sequences, List<Integer> together, double[] nats) {
    if (together.isEmpty()) {
      return;
    }
    float[] scored = logLikelihoods(TokenBatch.of(together.stream().map(sequences::get).toList()));
    int row = 0;
    for (int sequence : together) {
      for (int end = row + sequences.get(sequence).answer(); row < end; row++) {
        nats[sequence] -= scored[row];
      }
    }
  }

  private float[] logLikelihoods(TokenBatch tokens) {
    try (Scope batch = Scope.plain()) {
      Tensor states = model.states(batch, weights, tokens);
      return model.logLikelihoods(batch, weights, states, tokens.targets(batch)).floats();
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
