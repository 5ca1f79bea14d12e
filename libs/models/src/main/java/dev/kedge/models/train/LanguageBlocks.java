package dev.kedge.models.train;

import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.LanguageTokenizer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Plain text as blocks of one length: documents one behind the other, cut wherever a block is full.
 * Every token but the very first is learnt once; the last block may be shorter.
 */
public final class LanguageBlocks implements LanguageSequences {
  private final int[] ids;
  private final int block;

  private LanguageBlocks(int[] ids, int block) {
    this.ids = ids;
    this.block = block;
    if (ids.length < 2) {
      throw new IllegalArgumentException(
          "plain text of " + ids.length + " tokens teaches nothing: give more");
    }
  }

  /**
   * Packs documents.
   *
   * @param texts each with the tokens its tokenizer puts around it, and its end token behind it
   *     unless the next text begins with the same
   * @param block tokens the model sees of a block, at most its context
   */
  public static LanguageBlocks of(LanguageTokenizer tokenizer, Stream<String> texts, int block) {
    if (block < 1) {
      throw new IllegalArgumentException("block_tokens must be at least 1, not " + block);
    }
    long[] around = tokenizer.ids("");
    long begin = around.length == 0 ? -1 : around[0];
    int[] end =
        tokenizer.end().stream().filter(id -> id != begin).mapToInt(Math::toIntExact).toArray();
    int[] ids = texts.flatMapToInt(text -> document(tokenizer.ids(text), end)).toArray();
    return new LanguageBlocks(ids, block);
  }

  private static IntStream document(long[] ids, int[] end) {
    return IntStream.concat(Arrays.stream(ids).mapToInt(Math::toIntExact), Arrays.stream(end));
  }

  @Override
  public int size() {
    return (ids.length - 2) / block + 1;
  }

  @Override
  public int tokens(int number) {
    return Math.min(block, ids.length - 1 - number * block);
  }

  @Override
  public AnswerSequence at(int number) {
    int from = number * block;
    int scored = tokens(number);
    long[] cut = Arrays.stream(ids, from, from + scored + 1).asLongStream().toArray();
    return new AnswerSequence(cut, scored);
  }

  @Override
  public String name(int number) {
    return "block " + number;
  }
}
