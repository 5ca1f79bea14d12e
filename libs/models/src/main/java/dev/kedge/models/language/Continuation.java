package dev.kedge.models.language;

import dev.kedge.models.torch.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes on from prompts, several at once: padded on the left so that they end together, keys and
 * values of what was seen kept.
 *
 * @param decoding how tokens are chosen
 * @param most tokens written for a prompt
 * @param end the token that ends a text and is written as its last; -1 for none
 * @param stopped whether a text needs no more tokens, asked after each
 */
public record Continuation(Decoding decoding, int most, long end, Predicate<long[]> stopped) {
  public Continuation {
    Positive.require("number of tokens to write", most);
  }

  /** Texts that end by the token or by their number alone. */
  public Continuation(Decoding decoding, int most, long end) {
    this(decoding, most, end, ids -> false);
  }

  /**
   * The tokens written after each prompt.
   *
   * @param prompts token ids, each prompt with its beginning token where the model has one
   * @throws IllegalArgumentException if a prompt is empty, or with what follows does not fit the
   *     model's context
   */
  public List<long[]> of(LanguageModel model, Weights weights, List<long[]> prompts) {
    int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElse(0);
    requireRoom(model.config().decoder().context(), prompts, longest);
    long[] starts = prompts.stream().mapToLong(prompt -> longest - prompt.length).toArray();
    List<Text> written = Stream.generate(() -> new Text(most)).limit(prompts.size()).toList();
    try (SeenTokens seen = new SeenTokens(model, weights, starts)) {
      long[] next = padded(prompts, longest);
      for (int step = 0; step < most && !written.stream().allMatch(text -> text.ended); step++) {
        next = choose(seen.see(next), written, step);
      }
    }
    return written.stream().map(Text::ids).toList();
  }

  private void requireRoom(int context, List<long[]> prompts, int longest) {
    if (prompts.isEmpty() || prompts.stream().anyMatch(prompt -> prompt.length == 0)) {
      throw new IllegalArgumentException("there must be a prompt, and each needs a token");
    }
    if (longest + most - 1 > context) {
      throw new IllegalArgumentException(
          "a prompt of %d tokens and %d after it do not fit the context of %d"
              .formatted(longest, most, context));
    }
  }

  private static long[] padded(List<long[]> prompts, int longest) {
    long[] ids = new long[prompts.size() * longest];
    for (int i = 0; i < prompts.size(); i++) {
      long[] prompt = prompts.get(i);
      System.arraycopy(prompt, 0, ids, (i + 1) * longest - prompt.length, prompt.length);
    }
    return ids;
  }

  /** Chooses and writes a token for each text that has not ended; what is seen next. */
  private long[] choose(float[][] logits, List<Text> written, int step) {
    long[] next = new long[written.size()];
    for (int i = 0; i < next.length; i++) {
      next[i] = decoding.choose(logits[i], i, step);
      add(written.get(i), next[i]);
    }
    return next;
  }

  private void add(Text text, long token) {
    if (!text.ended) {
      text.tokens[text.size++] = token;
      text.ended = token == end || stopped.test(text.ids());
    }
  }

  /** What is being written. */
  private static final class Text {
    private final long[] tokens;
    private int size;
    private boolean ended;

    Text(int most) {
      tokens = new long[most];
    }

    long[] ids() {
      return Arrays.copyOf(tokens, size);
    }
  }
}
