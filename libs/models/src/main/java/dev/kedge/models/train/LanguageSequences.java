package dev.kedge.models.train;

import dev.kedge.models.language.AnswerSequence;

/** Sequences to learn from, by number. */
public interface LanguageSequences {
  /** How many there are. */
  int size();

  /** Tokens the model sees of a sequence. */
  int tokens(int number);

  /** A sequence. */
  AnswerSequence at(int number);

  /** What a report calls it. */
  String name(int number);
}
