package dev.kedge.evaluation;

import dev.kedge.models.language.AnswerSequence;
import dev.kedge.report.LanguagePrediction;
import java.util.Arrays;
import java.util.List;

/**
 * What a model is asked about a record.
 *
 * @param sample the record's id
 * @param said of each text that is scored, the sequences that it consists of
 * @param right the place of the right one among them
 * @param characters of each of them, where there is a choice; else empty
 * @param bytes UTF-8 bytes of the right one
 */
record Question(
    String sample,
    List<List<AnswerSequence>> said,
    int right,
    List<Integer> characters,
    int bytes) {
  /** All that is scored. */
  List<AnswerSequence> sequences() {
    return said.stream().flatMap(List::stream).toList();
  }

  int count() {
    return said.stream().mapToInt(List::size).sum();
  }

  /**
   * What was said of it.
   *
   * @param nats of each of its sequences, in order
   */
  LanguagePrediction answered(double[] nats) {
    double[] texts = new double[said.size()];
    int from = 0;
    for (int i = 0; i < texts.length; i++) {
      int to = from + said.get(i).size();
      texts[i] = Arrays.stream(nats, from, to).sum();
      from = to;
    }
    int tokens = said.get(right).stream().mapToInt(AnswerSequence::answer).sum();
    return characters.isEmpty()
        ? LanguagePrediction.of(sample, texts[right], bytes, tokens)
        : new LanguagePrediction(
            sample,
            texts[right],
            bytes,
            tokens,
            Arrays.stream(texts).boxed().toList(),
            characters,
            right);
  }
}
