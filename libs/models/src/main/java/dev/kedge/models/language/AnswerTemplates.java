package dev.kedge.models.language;

import dev.kedge.data.text.TextRecord;
import dev.kedge.data.text.TextTemplate;
import java.util.Arrays;

/**
 * Makes sequences of records. Prompt and answer are tokenised as one text, as they will be seen:
 * the answer's tokens are what it adds to the prompt's.
 *
 * @param tokenizer puts special tokens at most before a text
 * @param prompt what is given
 * @param answer what is scored
 * @param context most tokens the model sees
 * @param ended whether the token that ends a text belongs to the answer
 */
public record AnswerTemplates(
    LanguageTokenizer tokenizer,
    TextTemplate prompt,
    TextTemplate answer,
    int context,
    boolean ended) {
  public AnswerTemplates {
    Positive.require("context in tokens", context);
  }

  /**
   * A record's sequence.
   *
   * @throws dev.kedge.data.UnusableDatasetException if the record lacks a field
   * @throws IllegalArgumentException if its answer is longer than the context or has no token; the
   *     message names the record
   */
  public AnswerSequence of(TextRecord record) {
    return of(record, answer.of(record));
  }

  /**
   * A record's prompt with some answer. As in lm-evaluation-harness, blanks at the prompt's end
   * belong to the answer, and an empty prompt is what stands before any text.
   */
  public AnswerSequence of(TextRecord record, String said) {
    String filled = prompt.of(record);
    String given = filled.stripTrailing();
    long[] whole = tokenizer.ids(filled + said);
    int seen = Math.min(tokenizer.ids(given).length, whole.length);
    long[] before = seen == 0 ? new long[] {tokenizer.prefix()} : Arrays.copyOf(whole, seen);
    long[] scored = Arrays.copyOfRange(whole, seen, whole.length);
    return AnswerSequence.of(record.id(), before, ended ? withEnd(scored) : scored, context);
  }

  private long[] withEnd(long[] ids) {
    if (tokenizer.end().isEmpty()) {
      return ids;
    }
    long[] ended = Arrays.copyOf(ids, ids.length + 1);
    ended[ids.length] = tokenizer.end().getAsLong();
    return ended;
  }
}
