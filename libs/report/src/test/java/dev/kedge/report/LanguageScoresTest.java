package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanguageScoresTest {

  @Test
  void bitsPerByteOfTextsEqualTheGoldenOnes() throws IOException {
    GoldenLanguage golden = GoldenLanguage.read();
    double expected = golden.json().get("bits_per_byte").doubleValue();
    double value = Scores.of(golden.texts()).value();
    System.out.println("bits per byte: error " + Math.abs(value - expected));
    assertThat(value).isCloseTo(expected, within(1e-12));
  }

  @Test
  void theLikeliestChoicesAndTheirAccuracyEqualTheGoldenOnes() throws IOException {
    GoldenLanguage golden = GoldenLanguage.read();
    LanguagePredictions predictions = golden.choices(Measure.ACCURACY);
    for (int i = 0; i < predictions.samples().size(); i++) {
      JsonNode item = golden.json().get("choices").get(i);
      assertThat(predictions.samples().get(i).right()).contains(item.get("right").booleanValue());
    }
    assertThat(Scores.of(predictions).value())
        .isEqualTo(golden.json().get("accuracy").doubleValue());
  }

  @Test
  void anAccuracyOfChoicesStandsBesideWhoeverTakesTheMostFrequentPlace() {
    LanguageScores scores =
        new LanguageScores(
            new LanguagePredictions(
                Measure.ANSWER_BITS_PER_BYTE,
                List.of(choice("a", 0, 1, 2), choice("b", 0, 2, 1), choice("c", 1, 2, 1))));
    assertThat(scores.choiceAccuracy()).contains(2 / 3.0);
    assertThat(scores.majority()).contains(2 / 3.0);
    assertThat(scores.value()).isCloseTo(4 / (30 * Math.log(2)), within(1e-15));
  }

  @Test
  void choicesWhoseCharactersWereNeverCountedHaveAnAccuracyAlone() {
    LanguagePrediction early =
        new LanguagePrediction("s", 3, 4, 2, List.of(3.0, 5.0), List.of(), 0);
    LanguageScores scores =
        (LanguageScores) Scores.of(new LanguagePredictions(Measure.ACCURACY, List.of(early)));
    assertThat(scores.choiceAccuracy()).contains(1.0);
    assertThat(scores.choiceAccuracyByCharacters()).isEmpty();
    assertThatThrownBy(() -> new LanguagePredictions(Measure.ACCURACY_NORM, List.of(early)))
        .hasMessageContaining("sample 's': ACCURACY_NORM needs the characters");
  }

  @Test
  void theLikeliestByCharactersEqualTheGoldenOnes() throws IOException {
    GoldenLanguage golden = GoldenLanguage.read();
    LanguagePredictions predictions = golden.choices(Measure.ACCURACY_NORM);
    for (int i = 0; i < predictions.samples().size(); i++) {
      JsonNode item = golden.json().get("choices").get(i);
      assertThat(predictions.right(predictions.samples().get(i)))
          .contains(item.get("right_norm").booleanValue());
    }
    assertThat(Scores.of(predictions).value())
        .isEqualTo(golden.json().get("accuracy_norm").doubleValue());
    LanguageScores scores = (LanguageScores) Scores.of(predictions);
    assertThat(scores.choiceAccuracy()).contains(golden.json().get("accuracy").doubleValue());
  }

  @Test
  void bytesAndTheQuestionsAbsenceChooseOtherwise() {
    LanguagePrediction sample =
        new LanguagePrediction(
            "s",
            6,
            4,
            2,
            List.of(6.0, 5.0),
            List.of(2, 2),
            0,
            List.of(6, 2),
            List.of(1.0, 3.0),
            null);
    LanguagePredictions said = new LanguagePredictions(Measure.ACCURACY_BYTES, List.of(sample));
    LanguageScores scores = (LanguageScores) Scores.of(said);
    assertThat(scores.value()).isOne();
    assertThat(scores.choiceAccuracy()).contains(0.0);
    assertThat(scores.choiceAccuracyByCharacters()).contains(0.0);
    assertThat(scores.choiceAccuracyByBytes()).contains(1.0);
    assertThat(scores.accuracyWithoutQuestion()).contains(1.0);
    assertThat(scores.perplexities()).isEmpty();
    assertThatThrownBy(
            () -> new LanguagePredictions(Measure.ACCURACY_BYTES, List.of(choice("c", 0, 1, 2))))
        .hasMessageContaining("sample 'c': ACCURACY_BYTES needs the bytes of each choice");
  }

  @Test
  void perplexitiesAreOfSumsAndWordsOfPlainTextsAlone() {
    LanguagePrediction one = new LanguagePrediction("a", 3, 10, 2, null, null, null, null, null, 4);
    LanguagePrediction other =
        new LanguagePrediction("b", 1, 30, 6, null, null, null, null, null, 4);
    Perplexities costs = perplexities(one, other);
    assertThat(costs.natsPerToken()).isEqualTo(0.5);
    assertThat(costs.ofBytes()).isCloseTo(Math.exp(0.1), within(1e-12));
    assertThat(costs.ofWords()).contains(Math.exp(0.5));
    assertThat(perplexities(one, LanguagePrediction.of("c", 1, 30, 6)).ofWords()).isEmpty();
  }

  private static Perplexities perplexities(LanguagePrediction... samples) {
    return new LanguageScores(new LanguagePredictions(Measure.BITS_PER_BYTE, List.of(samples)))
        .perplexities()
        .orElseThrow();
  }

  @Test
  void ofEqualChoicesTheFirstIsTheLikeliest() {
    assertThat(choice("a", 0, 1, 1).right()).contains(true);
    assertThat(choice("a", 1, 1, 1).right()).contains(false);
  }

  @Test
  void answersOfOtherBytesAreOtherSamples() {
    Scores ten = bits(LanguagePrediction.of("a", 3, 10, 2));
    assertThat(ten.sameSamples(bits(LanguagePrediction.of("a", 4, 10, 3)))).isTrue();
    assertThat(ten.sameSamples(bits(LanguagePrediction.of("a", 3, 11, 2)))).isFalse();
  }

  private static Scores bits(LanguagePrediction sample) {
    return Scores.of(new LanguagePredictions(Measure.BITS_PER_BYTE, List.of(sample)));
  }

  private static LanguagePrediction choice(String id, int label, double... nats) {
    List<Double> choices = List.of(nats[0], nats[1]);
    return new LanguagePrediction(id, nats[label], 10, 3, choices, List.of(2, 4), label);
  }
}
