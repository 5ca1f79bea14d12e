package dev.kedge.models.score;

import dev.kedge.models.language.AnswerSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text in windows that fit a model's context, every token scored once, as lm_eval's rolling
 * log-likelihood has it: the first window begins with a token that stands for nothing; the others
 * with the token before them, and the last takes as much of what is before it as fits.
 *
 * @param prefix the token before a text
 * @param context most tokens the model sees
 */
public record RollingWindows(long prefix, int context) {
  public RollingWindows {
    if (context < 1) {
      throw new IllegalArgumentException("a window needs a token, not " + context);
    }
  }

  /**
   * The windows of a text.
   *
   * @param ids its tokens, those that its tokenizer puts before it included: they are scored too
   */
  public List<AnswerSequence> of(long[] ids) {
    long[] all = new long[ids.length + 1];
    all[0] = prefix;
    System.arraycopy(ids, 0, all, 1, ids.length);
    List<AnswerSequence> windows = new ArrayList<>();
    for (int from = 0; from < ids.length; from += context) {
      int to = Math.min(from + context, ids.length);
      int seenFrom = Math.max(0, to - context);
      windows.add(new AnswerSequence(Arrays.copyOfRange(all, seenFrom, to + 1), to - from));
    }
    return windows;
  }
}
