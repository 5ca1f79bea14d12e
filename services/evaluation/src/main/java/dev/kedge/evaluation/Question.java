package dev.kedge.evaluation;

import dev.kedge.models.language.AnswerSequence;
import dev.kedge.report.LanguagePrediction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a model is asked about a record.
 *
 * @param sample the record's id
 * @param said of each text that is scored, the sequences that it consists of
 * @param right the place of the right one among them
 * @param chosen whether there is a choice
 * @param bytes UTF-8 bytes of the right one
 */
record Question(
    String sample, List<List<AnswerSequence>> said, int right, boolean chosen, int bytes) {
  Stream<AnswerSequence> sequences() {
    return said.stream().flatMap(List::stream);
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
    return chosen
        ? new LanguagePrediction(
            sample, texts[right], bytes, tokens, Arrays.stream(texts).boxed().toList(), right)
        : LanguagePrediction.of(sample, texts[right], bytes, tokens);
  }
}
