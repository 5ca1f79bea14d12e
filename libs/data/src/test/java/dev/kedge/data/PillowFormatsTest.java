package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The rarer kinds of file: progressive, embedded profiles, plain RGB and CMYK JPEG, orientations, 1
 * to 16 bits a sample, transparent colours, interlaced; WebP and GIF. The digests are of Pillow
 * 13.0.0's pixels, turned upright and laid on white.
 */
class PillowFormatsTest {

  @ParameterizedTest
  @CsvFileSource(resources = "/pillow/digests.csv")
  void pixelsEqualPillowsAlsoWhenResized(String file, String decoded, String resized) {
    Picture picture = new PictureDecoder().decode(GoldenTensors.bytes("/pillow/" + file));
    assertThat(Digests.hex(picture.rgb())).isEqualTo(decoded);
    Picture small = PillowResize.bicubic(picture, 24, 40);
    assertThat(Digests.hex(small.rgb())).isEqualTo(resized);
  }
}
