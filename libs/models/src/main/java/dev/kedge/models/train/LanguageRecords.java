package dev.kedge.models.train;

import dev.kedge.models.language.AnswerSequence;
import java.util.List;

/**
 * Records as sequences whose answers are learnt.
 *
 * @param names the records' names
 * @param sequences one for each, in the same order
 */
public record LanguageRecords(List<String> names, List<AnswerSequence> sequences)
    implements LanguageSequences {
  public LanguageRecords {
    names = List.copyOf(names);
    sequences = List.copyOf(sequences);
    if (names.size() != sequences.size()) {
      throw new IllegalArgumentException(
          names.size() + " names for " + sequences.size() + " sequences");
    }
  }

  @Override
  public int size() {
    return sequences.size();
  }

  @Override
  public int tokens(int number) {
    return sequences.get(number).inputs();
  }

  @Override
  public AnswerSequence at(int number) {
    return sequences.get(number);
  }

  @Override
  public String name(int number) {
    return names.get(number);
  }
}
