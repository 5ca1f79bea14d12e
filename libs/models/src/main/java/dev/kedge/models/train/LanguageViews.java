package dev.kedge.models.train;

import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** All sequences, like lengths together, so many at once as a step's memory bears. */
public final class LanguageViews implements Views<LanguageBatch> {
  private static final int MOST_SEQUENCES = 16;

  /** Filled up ones counted too. */
  private static final int MOST_TOKENS = 4096;

  private final LanguageSequences sequences;
  private final List<Integer> order;

  /** Where chunks begin in the order, and its end. */
  private final List<Integer> cuts;

  /** The views of a run over these sequences. */
  public LanguageViews(LanguageSequences sequences) {
    this.sequences = sequences;
    this.order =
        IntStream.range(0, sequences.size())
            .boxed()
            .sorted(Comparator.comparingInt(sequences::tokens))
            .toList();
    this.cuts = cuts();
  }

  /** The last of a chunk is its longest. */
  private List<Integer> cuts() {
    List<Integer> begins = new ArrayList<>(List.of(0));
    int from = 0;
    for (int next = 1; next < order.size(); next++) {
      int count = next + 1 - from;
      if (count > MOST_SEQUENCES || count * sequences.tokens(order.get(next)) > MOST_TOKENS) {
        begins.add(next);
        from = next;
      }
    }
    begins.add(order.size());
    return begins;
  }

  @Override
  public int chunks() {
    return cuts.size() - 1;
  }

  @Override
  public long rows() {
    return order.stream().mapToLong(number -> sequences.at(number).answer()).sum();
  }

  @Override
  public LanguageBatch at(Scope scope, int chunk) {
    List<Integer> chosen = order.subList(cuts.get(chunk), cuts.get(chunk + 1));
    TokenBatch tokens = TokenBatch.of(chosen.stream().map(sequences::at).toList());
    return new LanguageBatch(tokens, chosen.stream().map(sequences::name).toList());
  }
}
