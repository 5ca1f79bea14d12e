package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoresTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void scoresEqualTheGoldenOnesTiesIncluded(String model) throws Exception {
    Golden golden = Golden.read();
    JsonNode expected = golden.json().get(model);
    ClassScores scores = new ClassScores(golden.predictions(model));

    assertThat(scores.samples()).isEqualTo(expected.get("n").intValue());
    assertThat(scores.outcomes().orElseThrow().right())
        .isEqualTo(expected.get("top1_correct").intValue());
    assertThat(scores.top5()).isEqualTo(expected.get("top5").doubleValue());
    assertThat(scores.meanPerClass())
        .isCloseTo(expected.get("mean_per_class_accuracy").doubleValue(), within(1e-12));
    assertThat(scores.calibrationError())
        .isCloseTo(expected.get("ece_15").doubleValue(), within(1e-12));
    JsonNode classes = expected.get("per_class_accuracy");
    assertThat(scores.classes()).hasSize(classes.size());
    scores
        .classes()
        .forEach(
            (name, share) ->
                assertThat(share).isCloseTo(classes.get(name).doubleValue(), within(1e-12)));
  }

  @Test
  void aClassWithoutSamplesDoesNotCount() {
    ClassPredictions predictions =
        new ClassPredictions(
            List.of("cat", "dog", "unseen"),
            List.of(
                new ClassPrediction("1", 0, List.of(0, 2), 0.9),
                new ClassPrediction("2", 0, List.of(2, 0), 0.6),
                new ClassPrediction("3", 1, List.of(1, 0), 0.7)));
    ClassScores scores = new ClassScores(predictions);
    assertThat(scores.classes()).containsOnlyKeys("cat", "dog");
    assertThat(scores.meanPerClass()).isEqualTo(0.75);
  }

  @Test
  void mcNemarIsTheExactBinomialTest() {
    assertThat(new McNemar(0, 0).pValue()).isEqualTo(1);
    assertThat(new McNemar(5, 5).pValue()).isEqualTo(1);
    // 2 · (1 + 10) / 2^10
    assertThat(new McNemar(1, 9).pValue()).isCloseTo(22.0 / 1024, within(1e-12));
    assertThat(new McNemar(9, 1).pValue()).isEqualTo(new McNemar(1, 9).pValue());
    assertThat(McNemar.of(outcomes("1110"), outcomes("0011"))).isEqualTo(new McNemar(2, 1));
  }

  private static Outcomes outcomes(String bits) {
    return Scores.of(Samples.outcomes(bits)).outcomes().orElseThrow();
  }
}
