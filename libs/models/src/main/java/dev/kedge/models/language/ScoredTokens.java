package dev.kedge.models.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts as the sequences that score them, as lm-evaluation-harness makes them.
 *
 * @param tokenizer the model's
 * @param context most tokens the model sees
 */
record ScoredTokens(LanguageTokenizer tokenizer, int context) {
  /**
   * Prompt and answer, cut into tokens together; the answer's tokens are those behind as many as
   * the prompt alone has. Blanks at the prompt's end belong to the answer.
   */
  AnswerSequence of(PromptedText text) {
    String prompt = text.prompt().stripTrailing();
    String answer = text.prompt().substring(prompt.length()) + text.answer();
    if (prompt.isEmpty()) {
      return AnswerSequence.of(
          text.name(), new long[] {prefix()}, tokenizer.plainIds(answer), context);
    }
    long[] whole = tokenizer.ids(prompt + answer);
    int given = Math.min(tokenizer.ids(prompt).length, whole.length);
    return AnswerSequence.of(
        text.name(),
        Arrays.copyOf(whole, given),
        Arrays.copyOfRange(whole, given, whole.length),
        context);
  }

  /**
   * A whole text, each token predicted once: in windows of the context's length, each behind one
   * known token, the last with as many as fit. What the tokenizer puts before a text is predicted
   * too.
   */
  List<AnswerSequence> rolling(String text) {
    long[] ids = tokenizer.ids(text);
    long[] known = new long[ids.length + 1];
    known[0] = prefix();
    System.arraycopy(ids, 0, known, 1, ids.length);
    List<AnswerSequence> windows = new ArrayList<>();
    for (int done = 0; done < ids.length; ) {
      int scored = Math.min(context, ids.length - done);
      int end = done + scored + 1;
      windows.add(
          new AnswerSequence(
              Arrays.copyOfRange(known, Math.max(0, end - 1 - context), end), scored));
      done += scored;
    }
    return windows;
  }

  /** What stands before a text: the begin token, or the end token of models without one. */
  private long prefix() {
    return tokenizer
        .begin()
        .orElseGet(
            () ->
                tokenizer
                    .end()
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                LanguageTokenizer.SPECIALS
                                    + " names neither a bos_token nor an eos_token")));
  }
}
