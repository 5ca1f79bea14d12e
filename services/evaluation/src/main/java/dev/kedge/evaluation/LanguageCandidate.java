package dev.kedge.evaluation;

import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageTokenizer;
import dev.kedge.models.score.LanguageScorer;

/**
 * A candidate that is a language model.
 *
 * @param config its architecture
 * @param tokenizer its tokenizer
 * @param scorer its weights at work
 */
record LanguageCandidate(LanguageConfig config, LanguageTokenizer tokenizer, LanguageScorer scorer)
    implements AutoCloseable {

  /** Most tokens that the model sees. */
  int context() {
    return config.decoder().context();
  }

  @Override
  public void close() {
    scorer.close();
    tokenizer.close();
  }
}
