package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerceptualHashTest {

  /** Expected values by NumPy, on Pillow's resized pixels. */
  @ParameterizedTest
  @CsvSource({
    "lossless.webp, d7aa72d8563c68c4",
    "s444.jpg, 802b55bb4eb56a95",
    "rgba.png, ea6a4ab54ab54a95",
    "gray.gif, b40fb52f5af08472"
  })
  void theHashIsThatOfTheDefinition(String file, String expected) {
    assertThat(look(file)).hasToString(expected);
    assertThat(PerceptualHash.parse(expected)).isEqualTo(look(file));
  }

  @Test
  void strongCompressionAndResizingChangeFewBits() {
    PerceptualHash original = look("lossless.webp");
    assertThat(original.distance(look("lossy20.webp"))).isLessThanOrEqualTo(6);
    Picture half = PillowResize.bicubic(picture("lossless.webp"), 65, 45);
    assertThat(original.distance(PerceptualHash.of(half))).isLessThanOrEqualTo(6);
  }

  @Test
  void anotherPictureIsFarAway() {
    assertThat(look("lossless.webp").distance(look("rgba.png"))).isGreaterThan(16);
  }

  @Test
  void aPictureOfOneColourHasOneBitWhateverTheColour() {
    for (int level : new int[] {1, 77, 255}) {
      byte[] rgb = new byte[3 * 50 * 40];
      Arrays.fill(rgb, (byte) level);
      assertThat(PerceptualHash.of(new Picture(50, 40, rgb)).bits()).isEqualTo(1L << 63);
    }
  }

  private static PerceptualHash look(String file) {
    return PerceptualHash.of(picture(file));
  }

  private static Picture picture(String file) {
    return new PictureDecoder().decode(GoldenTensors.bytes("/pillow/" + file));
  }
}
