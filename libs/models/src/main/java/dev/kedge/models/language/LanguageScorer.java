package dev.kedge.models.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A language model, loaded to score texts. Weights come from any source: a checkpoint, or a recipe
 * applied while it is read; nothing is written. Used by one thread at a time.
 */
public final class LanguageScorer implements AutoCloseable {
  /** Most tokens computed at once, padding among them. */
  private static final int TOKENS = 4096;

  private final Scope scope = Scope.plain();
  private final LanguageModel model;
  private final Weights weights;
  private final ScoredTokens cut;

  /**
   * Loads a model.
   *
   * @param source its tensors, under the names of {@link LanguageTensors}
   * @param tokenizer its own; must outlive this
   * @param context most tokens the model sees, at most its own context
   * @throws IllegalArgumentException if the context is longer than the model's
   */
  public LanguageScorer(
      LanguageConfig config, TensorSource source, LanguageTokenizer tokenizer, int context)
      throws IOException {
    if (context < 1 || context > config.decoder().context()) {
      throw new IllegalArgumentException(
          "context_tokens must be from 1 to the model's %d, not %d"
              .formatted(config.decoder().context(), context));
    }
    this.model = new LanguageModel(config);
    this.weights = LanguageWeights.read(scope, config, source);
    this.cut = new ScoredTokens(tokenizer, context);
  }

  /**
   * Scores each answer after its prompt.
   *
   * @throws IllegalArgumentException naming the record whose answer does not fit the context
   */
  public List<TextScore> answers(List<PromptedText> texts) {
    List<AnswerSequence> sequences = texts.stream().map(cut::of).toList();
    double[] nats = nats(sequences);
    return IntStream.range(0, texts.size())
        .mapToObj(i -> score(nats[i], sequences.get(i).answer(), texts.get(i).answer()))
        .toList();
  }

  /** Scores a whole text of any length. */
  public TextScore rolling(String text) {
    List<AnswerSequence> windows = cut.rolling(text);
    int tokens = windows.stream().mapToInt(AnswerSequence::answer).sum();
    return score(Arrays.stream(nats(windows)).sum(), tokens, text);
  }

  private static TextScore score(double nats, int tokens, String text) {
    return new TextScore(nats, tokens, text.getBytes(UTF_8).length);
  }

  /** −ln p of each sequence's answer; like lengths are computed together. */
  private double[] nats(List<AnswerSequence> sequences) {
    List<Integer> order =
        IntStream.range(0, sequences.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> sequences.get(i).inputs()))
            .toList();
    double[] nats = new double[sequences.size()];
    List<Integer> together = new ArrayList<>();
    for (int next : order) {
      if ((together.size() + 1) * sequences.get(next).inputs() > TOKENS && !together.isEmpty()) {
        score(sequences, together, nats);
        together.clear();
      }
      together.add(next);
    }
    if (!together.isEmpty()) {
      score(sequences, together, nats);
    }
    return nats;
  }

  private void score(List<AnswerSequence> sequences, List<Integer> together, double[] nats) {
    try (Scope now = Scope.plain()) {
      TokenBatch batch = TokenBatch.of(together.stream().map(sequences::get).toList());
      Tensor states = model.states(now, weights, batch);
      float[] each = model.logLikelihoods(now, weights, states, batch.targets(now)).floats();
      int row = 0;
      for (int i : together) {
        for (int end = row + sequences.get(i).answer(); row < end; row++) {
          nats[i] -= each[row];
        }
      }
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
