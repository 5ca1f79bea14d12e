package dev.kedge.models.language;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Answers to choose from, scored after one prompt.
 *
 * @param answers without the blank before them
 * @param scores one for each, in the same order
 */
public record Choices(List<String> answers, List<TextScore> scores) {
  public Choices {
    answers = List.copyOf(answers);
    scores = List.copyOf(scores);
    if (answers.isEmpty() || answers.size() != scores.size()) {
      throw new IllegalArgumentException(
          answers.size() + " answers with " + scores.size() + " scores leave nothing to choose");
    }
  }

  /** The likeliest answer, the first of equals: lm-evaluation-harness's {@code acc}. */
  public int likeliest() {
    return least(i -> scores.get(i).nats());
  }

  /** The likeliest for its number of characters: {@code acc_norm}. */
  public int likeliestByCharacter() {
    return least(
        i -> scores.get(i).nats() / answers.get(i).codePointCount(0, answers.get(i).length()));
  }

  private int least(IntToDoubleFunction value) {
    int best = 0;
    for (int i = 1; i < scores.size(); i++) {
      best = value.applyAsDouble(i) < value.applyAsDouble(best) ? i : best;
    }
    return best;
  }
}
