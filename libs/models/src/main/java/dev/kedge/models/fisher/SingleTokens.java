package dev.kedge.models.fisher;

import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.train.LanguageSequences;
import java.util.Arrays;

/**
 * The scored tokens of some sequences, each as a sample of its own: a sequence that ends with it.
 * What follows a token changes nothing of its probability.
 */
public final class SingleTokens implements LanguageSequences {
  private final LanguageSequences sequences;
  private final int[] chosen;

  /** Number of the first token of each sequence, and of all tokens. */
  private final int[] firsts;

  /**
   * All tokens of the sequences, in their order.
   *
   * @param chosen numbers of the sequences
   */
  public SingleTokens(LanguageSequences sequences, int[] chosen) {
    this.sequences = sequences;
    this.chosen = chosen.clone();
    this.firsts = new int[chosen.length + 1];
    for (int i = 0; i < chosen.length; i++) {
      firsts[i + 1] = Math.addExact(firsts[i], sequences.at(chosen[i]).answer());
    }
  }

  @Override
  public int size() {
    return firsts[chosen.length];
  }

  @Override
  public int tokens(int number) {
    return at(number).inputs();
  }

  @Override
  public AnswerSequence at(int number) {
    int place = place(number);
    AnswerSequence whole = sequences.at(chosen[place]);
    int length = whole.inputs() + 2 - whole.answer() + number - firsts[place];
    return new AnswerSequence(Arrays.copyOf(whole.ids(), length), 1);
  }

  @Override
  public String name(int number) {
    int place = place(number);
    return sequences.name(chosen[place]) + " token " + (number - firsts[place]);
  }

  /** The sequence in which a token stands. */
  private int place(int number) {
    int found = Arrays.binarySearch(firsts, number);
    return found >= 0 ? found : -found - 2;
  }
}
