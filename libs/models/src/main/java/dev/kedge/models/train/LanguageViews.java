package dev.kedge.models.train;

import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.Scope;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** All sequences, like lengths together. */
public final class LanguageViews implements Views<LanguageBatch> {
  private static final int CHUNK = 16;

  private final LanguageSequences sequences;
  private final List<Integer> order;

  /** The views of a run over these sequences. */
  public LanguageViews(LanguageSequences sequences) {
    this.sequences = sequences;
    this.order =
        IntStream.range(0, sequences.size())
            .boxed()
            .sorted(Comparator.comparingInt(sequences::tokens))
            .toList();
  }

  @Override
  public int chunks() {
    return (order.size() + CHUNK - 1) / CHUNK;
  }

  @Override
  public long rows() {
    return order.stream().mapToLong(number -> sequences.at(number).answer()).sum();
  }

  @Override
  public LanguageBatch at(Scope scope, int chunk) {
    int from = chunk * CHUNK;
    List<Integer> chosen = order.subList(from, Math.min(from + CHUNK, order.size()));
    TokenBatch tokens = TokenBatch.of(chosen.stream().map(sequences::at).toList());
    return new LanguageBatch(tokens, chosen.stream().map(sequences::name).toList());
  }
}
