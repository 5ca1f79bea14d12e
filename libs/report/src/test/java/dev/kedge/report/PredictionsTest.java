package dev.kedge.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.report.WrittenPrediction.Followed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionsTest {

  @Test
  void whatIsWrittenIsReadBack() {
    ClassPredictions predictions =
        new ClassPredictions(
            List.of("hound \"dog\"", "Katze\n"),
            List.of("b"),
            List.of(
                new ClassPrediction("a/1.png", 1, List.of(1, 0), 0.75),
                new ClassPrediction("ä/2.png", 0, List.of(1, 0), 1 / 3.0)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    predictions.write(out);
    assertThat(out.toString(UTF_8)).hasLineCount(3);
    assertThat(Predictions.read(new ByteArrayInputStream(out.toByteArray())))
        .isEqualTo(predictions);
  }

  @Test
  void classesAreRankedByLogitTheLowerFirstAmongEquals() {
    ClassPrediction prediction =
        ClassPrediction.ofLogits("s", 2, new float[] {1, 3, 3, Float.NEGATIVE_INFINITY, 2, 0, -1});
    assertThat(prediction.top()).containsExactly(1, 2, 4, 0, 5);
    assertThat(prediction.right()).isFalse();
  }

  @Test
  void logitsThatAreNoNumbersAreRefused() {
    for (float broken : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> ClassPrediction.ofLogits("s", 0, new float[] {1, broken}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("sample 's'")
          .hasMessageContaining("training diverged");
    }
  }

  @Test
  void aBrokenLineIsNamed() {
    String file =
        """
        {"classes":["a"]}
        {"sample":"s","label":0,"top":[0],"confidence":1}
        oops
        """;
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 3");
  }

  @Test
  void whatALanguageModelSaidIsReadBackWithAndWithoutChoices() {
    LanguagePredictions answers =
        new LanguagePredictions(
            Measure.ACCURACY,
            List.of(new LanguagePrediction("ü", 0.5, 4, 2, List.of(0.5, 1.25), List.of(4, 9), 0)));
    LanguagePredictions texts =
        new LanguagePredictions(
            Measure.BITS_PER_BYTE, List.of(LanguagePrediction.of("t", 12.25, 40, 11)));

    assertThat(written(texts))
        .isEqualTo(
            """
            {"measure":"BITS_PER_BYTE"}
            {"sample":"t","nats":12.25,"bytes":40,"tokens":11}
            """);
    assertThat(written(answers))
        .contains("\"choices\":[0.5,1.25],\"characters\":[4,9],\"label\":0")
        .startsWith("{\"measure\":\"ACCURACY\"}");
    assertThat(read(written(texts))).isEqualTo(texts);
    assertThat(read(written(answers))).isEqualTo(answers);
  }

  @Test
  void whatAModelWroteIsReadBack() {
    WrittenPredictions texts =
        new WrittenPredictions(
            Measure.EXACT_MATCH, List.of(new WrittenPrediction("q", " five", "5", false)));
    assertThat(written(texts))
        .isEqualTo(
            """
            {"measure":"EXACT_MATCH"}
            {"sample":"q","written":" five","wanted":"5","right":false}
            """);
    assertThat(read(written(texts))).isEqualTo(texts);
    assertThat(Scores.of(texts).value()).isZero();
  }

  @Test
  void instructionsAreReadBackOneByOneAndCounted() {
    WrittenPredictions said =
        new WrittenPredictions(
            Measure.INSTRUCTIONS_FOLLOWED,
            List.of(
                instructed("a", true, true, true, true),
                instructed("b", false, true, true, true),
                instructed("c", false, false, true, true)));
    assertThat(written(said))
        .contains("\"instructions\":[{\"id\":\"i0\",\"strictly\":false,\"loosely\":true}");
    assertThat(read(written(said))).isEqualTo(said);
    WrittenScores scores = (WrittenScores) Scores.of(said);
    assertThat(scores.value()).isEqualTo(1 / 3.0);
    assertThat(scores.instructions()).contains(new InstructionShares(2 / 3.0, 4 / 6.0, 5 / 6.0));
  }

  /** Two instructions: whether each is followed strictly and loosely. */
  private static WrittenPrediction instructed(
      String id, boolean strict0, boolean loose0, boolean strict1, boolean loose1) {
    List<Followed> followed =
        List.of(new Followed("i0", strict0, loose0), new Followed("i1", strict1, loose1));
    return new WrittenPrediction(id, "w", "i0, i1", strict0 && strict1, followed);
  }

  @Test
  void whatCannotBeMeasuredIsNamed() {
    assertThatThrownBy(() -> LanguagePrediction.of("s7", -1, 4, 2)).hasMessageContaining("'s7'");
    assertThatThrownBy(() -> LanguagePrediction.of("s7", Double.NaN, 4, 2))
        .hasMessageContaining("NaN nats");
    assertThatThrownBy(() -> LanguagePrediction.of("s7", 1, 0, 2)).hasMessageContaining("0 bytes");
    assertThatThrownBy(
            () -> new LanguagePrediction("s7", 1, 4, 2, List.of(1.0, 2.0), List.of(4, 4), 2))
        .hasMessageContaining("choice 2 is not one of the 2");
    LanguagePrediction text = LanguagePrediction.of("s7", 1, 4, 2);
    assertThatThrownBy(() -> new LanguagePredictions(Measure.ACCURACY, List.of(text)))
        .hasMessageContaining("'s7' has no choices");
  }

  @Test
  void aMeasureThatNobodyKnowsIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> read("{\"measure\":\"BLEU\"}\n"))
        .hasMessageContaining("ANSWER_BITS_PER_BYTE");
  }

  @Test
  void aFileWithoutClassesIsNotOne() {
    assertThatThrownBy(() -> read("{\"sample\":\"s\"}\n")).hasMessageContaining("first line");
    assertThatThrownBy(() -> read("")).hasMessageContaining("first line");
  }

  @Test
  void aClassOutOfRangeIsNamed() {
    String file =
        """
        {"classes":["a"]}
        {"sample":"s7","label":0,"top":[4],"confidence":1}
        """;
    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("'s7'")
        .hasMessageContaining("class 4");
  }

  private static String written(Predictions predictions) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    predictions.write(out);
    return out.toString(UTF_8);
  }

  private static Predictions read(String text) {
    return Predictions.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }
}
