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
 * @param sizes of each of them, where there is a choice; else empty
 * @param unasked the choices without the question; empty where nobody asks
 * @param bytes UTF-8 bytes of the right one
 * @param words of a plain text; else null
 */
record Question(
    String sample,
    List<List<AnswerSequence>> said,
    int right,
    List<ChoiceSize> sizes,
    List<AnswerSequence> unasked,
    int bytes,
    Integer words) {
  /** All that is scored, what has a beginning in common together. */
  Stream<List<AnswerSequence>> sequences() {
    List<AnswerSequence> asked = said.stream().flatMap(List::stream).toList();
    return Stream.of(asked, unasked).filter(each -> !each.isEmpty());
  }

  int count() {
    return said.stream().mapToInt(List::size).sum() + unasked.size();
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
    boolean chosen = !sizes.isEmpty();
    return new LanguagePrediction(
        sample,
        texts[right],
        bytes,
        tokens,
        chosen ? boxed(texts) : List.of(),
        sizes.stream().map(ChoiceSize::characters).toList(),
        chosen ? right : null,
        sizes.stream().map(ChoiceSize::bytes).toList(),
        boxed(Arrays.copyOfRange(nats, from, nats.length)),
        words);
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
