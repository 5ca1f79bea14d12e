package dev.kedge.models.language;

import java.util.Arrays;

/**
 * A sequence whose last tokens, the answer, are scored; each is predicted by what stands before.
 */
public final class AnswerSequence {
  private final long[] ids;
  private final int answer;

  /**
   * States how much of a sequence is its answer.
   *
   * @param ids prompt and answer
   * @param answer number of scored tokens at the end, fewer than all
   */
  public AnswerSequence(long[] ids, int answer) {
    if (answer < 1 || answer >= ids.length) {
      throw new IllegalArgumentException(
          "%d of %d tokens cannot be an answer: it needs a token, and one before it"
              .formatted(answer, ids.length));
    }
    this.ids = ids.clone();
    this.answer = answer;
  }

  /**
   * A prompt and its answer, the prompt cut on the left where both are longer than the context.
   *
   * @param record names the answer in a complaint
   * @param context most tokens the model sees; the answer's last token is predicted, not seen
   * @throws IllegalArgumentException if the answer alone is too long, or one of the two is empty
   */
  public static AnswerSequence of(String record, long[] prompt, long[] answer, int context) {
    if (prompt.length == 0 || answer.length == 0) {
      throw new IllegalArgumentException(
          "record %s: prompt and answer need a token each, and have %d and %d"
              .formatted(record, prompt.length, answer.length));
    }
    if (answer.length > context) {
      throw new IllegalArgumentException(
          ("record %s: its answer of %d tokens is longer than the context of %d;"
                  + " shorten it or leave it out, or raise context_tokens where the model sees more")
              .formatted(record, answer.length, context));
    }
    int kept = Math.min(prompt.length, context + 1 - answer.length);
    long[] ids = Arrays.copyOfRange(prompt, prompt.length - kept, prompt.length + answer.length);
    System.arraycopy(answer, 0, ids, kept, answer.length);
    return new AnswerSequence(ids, answer.length);
  }

  /** Prompt and answer. */
  public long[] ids() {
    return ids.clone();
  }

  /** Number of scored tokens at the end. */
  public int answer() {
    return answer;
  }

  /** Number of tokens the model sees: all but the last. */
  public int inputs() {
    return ids.length - 1;
  }
}
