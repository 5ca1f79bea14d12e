package dev.kedge.models.language;

import java.util.Arrays;

/**
 * Makes sequences of texts. Prompt and answer are tokenised as one text, as they will be seen: the
 * answer's tokens are what it adds to the prompt's. As in lm-evaluation-harness, blanks at the
 * prompt's end belong to the answer, and an empty prompt is what stands before any text.
 *
 * @param tokenizer puts special tokens at most before a text
 * @param context most tokens the model sees
 * @param ended whether the token that ends a text belongs to the answer
 */
public record AnswerTokens(LanguageTokenizer tokenizer, int context, boolean ended) {
  public AnswerTokens {
    Positive.require("context in tokens", context);
  }

  /**
   * A prompt with its answer.
   *
   * @param record names the answer in a complaint
   * @throws IllegalArgumentException if the answer is longer than the context or has no token
   */
  public AnswerSequence of(String record, String prompt, String answer) {
    String given = prompt.stripTrailing();
    long[] whole = tokenizer.ids(prompt + answer);
    int seen = Math.min(tokenizer.ids(given).length, whole.length);
    long[] before = seen == 0 ? new long[] {tokenizer.prefix()} : Arrays.copyOf(whole, seen);
    long[] scored = Arrays.copyOfRange(whole, seen, whole.length);
    return AnswerSequence.of(record, before, ended ? withEnd(scored) : scored, context);
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
