package dev.kedge.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionsTest {

  @Test
  void whatIsWrittenIsReadBack() {
    Predictions predictions =
        new Predictions(
            List.of("hound \"dog\"", "Katze\n"),
            List.of(
                new Prediction("a/1.png", 1, List.of(1, 0), 0.75),
                new Prediction("ä/2.png", 0, List.of(1, 0), 1 / 3.0)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    predictions.write(out);
    assertThat(out.toString(UTF_8)).hasLineCount(3);
    assertThat(Predictions.read(new ByteArrayInputStream(out.toByteArray())))
        .isEqualTo(predictions);
  }

  @Test
  void classesAreRankedByLogitTheLowerFirstAmongEquals() {
    Prediction prediction =
        Prediction.ofLogits("s", 2, new float[] {1, 3, 3, Float.NEGATIVE_INFINITY, 2, 0, -1});
    assertThat(prediction.top()).containsExactly(1, 2, 4, 0, 5);
    assertThat(prediction.right()).isFalse();
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

  private static Predictions read(String text) {
    return Predictions.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }
}
