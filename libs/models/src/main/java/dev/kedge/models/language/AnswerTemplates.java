package dev.kedge.models.language;

import dev.kedge.data.text.TextRecord;
import dev.kedge.data.text.TextTemplate;

/**
 * Makes sequences of records.
 *
 * @param tokens makes them of texts
 * @param prompt what is given
 * @param answer what is scored
 */
public record AnswerTemplates(AnswerTokens tokens, TextTemplate prompt, TextTemplate answer) {
  /**
   * Makes sequences of records.
   *
   * @param context most tokens the model sees
   * @param ended whether the token that ends a text belongs to the answer
   */
  public AnswerTemplates(
      LanguageTokenizer tokenizer,
      TextTemplate prompt,
      TextTemplate answer,
      int context,
      boolean ended) {
    this(new AnswerTokens(tokenizer, context, ended), prompt, answer);
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

  /** A record's prompt with some answer. */
  public AnswerSequence of(TextRecord record, String said) {
    return tokens.of(record.id(), prompt.of(record), said);
  }
}
