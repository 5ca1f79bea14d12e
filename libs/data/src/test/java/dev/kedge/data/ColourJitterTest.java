package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColourJitterTest {
  private static List<String> golden() throws IOException {
    try (InputStream in = ColourJitterTest.class.getResourceAsStream("colour-jitter.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().skip(1).toList();
    }
  }

  private static Picture picture() throws IOException {
    return new Picture(5, 4, HexFormat.of().parseHex(golden().get(0)));
  }

  @Test
  void coloursChangeAsPillowChangesThem() throws IOException {
    for (String line : golden().subList(1, golden().size())) {
      String[] words = line.split(" ", 3);
      float factor = Float.parseFloat(words[1]);
      Picture changed =
          switch (words[0]) {
            case "brightness" -> ColourJitter.brighter(picture(), factor);
            case "contrast" -> ColourJitter.contrasted(picture(), factor);
            default -> ColourJitter.saturated(picture(), factor);
          };
      assertThat(HexFormat.of().formatHex(changed.rgb()))
          .as(words[0] + " " + factor)
          .isEqualTo(words[2]);
    }
  }

  @Test
  void aDrawIsRepeatedAndAnotherDrawIsAnother() throws IOException {
    ColourJitter jitter = new ColourJitter(0.4, 0.4, 0.4);

    assertThat(jitter.apply(picture(), 5).rgb()).isEqualTo(jitter.apply(picture(), 5).rgb());
    assertThat(jitter.apply(picture(), 6).rgb()).isNotEqualTo(jitter.apply(picture(), 5).rgb());
    assertThat(ColourJitter.NONE.apply(picture(), 5).rgb()).isEqualTo(picture().rgb());
  }

  @Test
  void aNegativeReachIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ColourJitter(0, -0.1, 0))
        .withMessageContaining("must not be below 0, got 0.0, -0.1, 0.0");
  }
}
