package dev.kedge.models.clip;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Token ids of some texts, cut after the last position that is read.
 *
 * <p>Attention is causal, so what stands behind a text's pooled token cannot change its features:
 * short captions cost short sequences.
 */
public final class TextBatch {
  private final long[] ids;
  private final long[] pooledRows;
  private final int tokens;

  /**
   * @param texts token ids with start and end, padded or not; none longer than the context
   */
  public TextBatch(TextConfig config, List<long[]> texts) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("a batch of texts needs at least one");
    }
    int[] pooled = texts.stream().mapToInt(config::pooledPosition).toArray();
    tokens = Arrays.stream(pooled).max().orElseThrow() + 1;
    if (tokens > config.context()) {
      throw new IllegalArgumentException(
          "a text of " + tokens + " tokens is longer than the context of " + config.context());
    }
    ids = new long[texts.size() * tokens];
    pooledRows = new long[texts.size()];
    for (int i = 0; i < texts.size(); i++) {
      long[] text = texts.get(i);
      requireKnown(text, config);
      System.arraycopy(text, 0, ids, i * tokens, Math.min(tokens, text.length));
      pooledRows[i] = (long) i * tokens + pooled[i];
    }
  }

  private TextBatch(long[] ids, long[] pooledRows, int tokens) {
    this.ids = ids;
    this.pooledRows = pooledRows;
    this.tokens = tokens;
  }

  /** Some of the texts in a row. */
  TextBatch some(int from, int to) {
    long[] rows = Arrays.copyOfRange(pooledRows, from, to);
    Arrays.setAll(rows, i -> rows[i] - (long) from * tokens);
    return new TextBatch(Arrays.copyOfRange(ids, from * tokens, to * tokens), rows, tokens);
  }

  private static void requireKnown(long[] text, TextConfig config) {
    for (long id : text) {
      if (id < 0 || id >= config.vocabulary()) {
        throw new IllegalArgumentException(
            "token id " + id + " is outside the vocabulary of " + config.vocabulary());
      }
    }
  }

  public int size() {
    return pooledRows.length;
  }

  /** The position of a text's pooled token. */
  int pooledPosition(int text) {
    return (int) (pooledRows[text] - (long) text * tokens);
  }

  /** {@code [texts, tokens]}. */
  Tensor ids(Scope scope) {
    return Tensor.of(scope, ids, size(), tokens);
  }

  /** The pooled token of each text as a row of {@code [texts * tokens, width]}. */
  Tensor pooledRows(Scope scope) {
    return Tensor.of(scope, pooledRows, size());
  }
}
