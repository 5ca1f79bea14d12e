package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClipPreprocessingTest {

  @Test
  void theOldConfigurationWithPlainNumbersIsRead() {
    ClipPreprocessing old =
        PreprocessorConfig.parse(
            """
            {"size": 32, "crop_size": 24, "image_mean": [0.5, 0.5, 0.5], "image_std": [1, 1, 1]}
            """);
    assertThat(old)
        .isEqualTo(
            new ClipPreprocessing(
                32, 24, 24, 0.00392156862745098, List.of(.5, .5, .5), List.of(1., 1., 1.)));
  }

  @Test
  void anEmptyConfigurationHasTransformersDefaults() {
    assertThat(PreprocessorConfig.parse("{}")).isEqualTo(ClipPreprocessing.ofSize(224));
  }

  @Test
  void anotherResamplingIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PreprocessorConfig.parse("{\"resample\": 2}"))
        .withMessage("preprocessor_config.json: resample must be 3 (bicubic) for a CLIP, got 2");
  }

  @Test
  void aFixedSizeIsRefusedForItWouldDistort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PreprocessorConfig.parse("{\"size\": {\"height\": 8, \"width\": 8}}"))
        .withMessageContaining("size must be a number or an object with \"shortest_edge\"");
  }

  @Test
  void aCropBeyondTheResizedPictureIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PreprocessorConfig.parse("{\"size\": 32, \"crop_size\": 33}"))
        .withMessageContaining("crop_size 33 x 33");
  }

  @Test
  void aPictureOnePixelWideCostsNoMoreMemoryThanItsCrop() {
    Picture thread = new Picture(1, 1_000_000, new byte[3_000_000]);
    assertThat(ClipPreprocessing.ofSize(224).crop(thread).height()).isEqualTo(224);
  }

  @Test
  void resizingToTheSameSizeChangesNothing() {
    Picture picture = new Picture(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
    assertThat(PillowResize.bicubic(picture, 2, 1))
        .extracting(Picture::rgb)
        .isEqualTo(picture.rgb());
  }
}
