package dev.kedge.models.train;

import dev.kedge.models.language.TokenBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Sequences with scored tokens.
 *
 * @param tokens the sequences
 * @param names the sequences' names, in the same order
 */
public record LanguageBatch(TokenBatch tokens, List<String> names) implements Batch {
  public LanguageBatch {
    names = List.copyOf(names);
    if (names.size() != tokens.sequences()) {
      throw new IllegalArgumentException(
          names.size() + " names for " + tokens.sequences() + " sequences");
    }
  }

  @Override
  public int weight() {
    return tokens.scored();
  }

  @Override
  public List<Sample> samples() {
    int[] rows = tokens.answers();
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      samples.add(new Sample(names.get(i), rows[i]));
    }
    return samples;
  }
}
