package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;

/**
 * Everything that a run will ever see, once, in chunks that depend on nothing but the data, so that
 * every run computes the same bits of them.
 */
public interface Views<B extends Batch> {
  /** How many chunks there are. */
  int chunks();

  /** Scored rows of all chunks together. */
  long rows();

  /** A chunk, by its number. */
  B at(Scope scope, int chunk);
}
