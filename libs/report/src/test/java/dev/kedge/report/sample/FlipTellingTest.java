package dev.kedge.report.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.report.ClassPrediction;
import dev.kedge.report.ClassPredictions;
import dev.kedge.report.Flips;
import dev.kedge.report.LanguagePrediction;
import dev.kedge.report.LanguagePredictions;
import dev.kedge.report.Measure;
import dev.kedge.report.Prediction;
import dev.kedge.report.Predictions;
import dev.kedge.report.WrittenPrediction;
import dev.kedge.report.WrittenPredictions;
import dev.kedge.stage.v1.EvaluateSpec.Suite;
import dev.kedge.v1.Flip;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FlipTellingTest {
  private static final byte[] RECORD =
      """
      {"id": "q", "question": "Which one?", "options": ["red", "blue"], "place": 1}"""
          .getBytes(UTF_8);

  @Test
  void aPictureIsShownSmallWithTheNamesOfItsClasses() throws IOException {
    ClassPrediction before = new ClassPrediction("a", 0, List.of(0, 1), 0.9);
    ClassPrediction now = new ClassPrediction("a", 0, List.of(1, 0), 0.8);
    ClassPredictions predictions = new ClassPredictions(List.of("dog", "guitar"), List.of(before));
    Flip flip =
        new FlipTelling(Suite.getDefaultInstance(), predictions)
            .of(new Flips.Pair(before, now), Optional.of(png(400, 200)));
    assertThat(flip.getSample()).isEqualTo("a");
    assertThat(flip.getRight()).isEqualTo("dog");
    assertThat(flip.getBefore()).isEqualTo("dog");
    assertThat(flip.getNow()).isEqualTo("guitar");
    String prefix = "data:image/jpeg;base64,";
    assertThat(flip.getPicture()).startsWith(prefix);
    byte[] jpeg = Base64.getDecoder().decode(flip.getPicture().substring(prefix.length()));
    BufferedImage small = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(small.getWidth()).isEqualTo(96);
    assertThat(small.getHeight()).isEqualTo(48);
    assertThat(small.getRGB(10, 10) & 0xFF).as("blue").isBetween(190, 210);
  }

  @Test
  void aChoiceIsToldInTheRecordsOwnWords() {
    LanguagePrediction before = choosing(2, 1);
    LanguagePrediction now = choosing(1, 2);
    FlipTelling telling = telling(new LanguagePredictions(Measure.ACCURACY, List.of(now)));
    Flip flip = telling.of(new Flips.Pair(before, now), Optional.of(RECORD));
    assertThat(flip.getQuestion()).isEqualTo("Q: Which one?\nA:");
    assertThat(flip.getRight()).isEqualTo("blue");
    assertThat(flip.getBefore()).isEqualTo("blue");
    assertThat(flip.getNow()).isEqualTo("red");
    Flip gone = telling.of(new Flips.Pair(before, now), Optional.empty());
    assertThat(gone.getNow()).isEqualTo("choice 1");
    assertThat(gone.getQuestion()).isEmpty();
  }

  @Test
  void whatAModelWroteAndWhatAnAnswerCostsIsToldAsItIs() {
    WrittenPrediction before = new WrittenPrediction("q", " blue\n", "blue", true);
    WrittenPrediction now = new WrittenPrediction("q", "green", "blue", false);
    Flip written =
        telling(new WrittenPredictions(Measure.EXACT_MATCH, List.of(now)))
            .of(new Flips.Pair(before, now), Optional.of(RECORD));
    assertThat(written.getBefore()).isEqualTo("blue");
    assertThat(written.getNow()).isEqualTo("green");

    Prediction cheap = LanguagePrediction.of("q", 4 * Math.log(2), 4, 1);
    LanguagePrediction dear = LanguagePrediction.of("q", 6 * Math.log(2), 4, 1);
    Flip cost =
        telling(new LanguagePredictions(Measure.ANSWER_BITS_PER_BYTE, List.of(dear)))
            .of(new Flips.Pair(cheap, dear), Optional.of(RECORD));
    assertThat(cost.getBefore()).isEqualTo("1.000 bits per byte");
    assertThat(cost.getNow()).isEqualTo("1.500 bits per byte");
    assertThat(cost.getRight()).isEqualTo("blue");
  }

  @Test
  void ofALongTextTheBeginningAndTheEndAreKept() {
    String text = "beginning " + "x".repeat(2000) + " end";
    assertThat(Excerpt.of(text)).hasSizeLessThan(610).startsWith("beginning").endsWith("x end");
    assertThat(Excerpt.of(" short ")).isEqualTo("short");
  }

  private static FlipTelling telling(Predictions predictions) {
    Suite.Language language =
        Suite.Language.newBuilder()
            .setPrompt("Q: {question}\nA:")
            .setAnswer(" {options[place]}")
            .addChoices(" {options[*]}")
            .build();
    return new FlipTelling(Suite.newBuilder().setLanguage(language).build(), predictions);
  }

  private static LanguagePrediction choosing(double red, double blue) {
    return new LanguagePrediction("q", blue, 4, 1, List.of(red, blue), List.of(3, 4), 1);
  }

  private static byte[] png(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, 0x0000C8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
