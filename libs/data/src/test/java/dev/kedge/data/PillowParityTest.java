package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every stage against the arrays that Pillow and transformers made of the same files. */
class PillowParityTest {
  private static final List<String> MODELS = List.of("gelu_eos", "quick_gelu_legacy");
  private static final List<String> FILES =
      List.of(
          "00_square.png",
          "01_wide.png",
          "02_tall.png",
          "03_gray.png",
          "04_rgba.png",
          "05_palette.png",
          "06_cmyk.jpg",
          "07_exif6.jpg",
          "08_onepixelhigh.png",
          "09_photo420.jpg",
          "10_gray16.png",
          "11_bilevel.png",
          "12_exact.png");
  private static final PictureDecoder CONVERT_RGB = asStored(Transparency.DROPPED);
  private static final PictureDecoder TRANSFORMERS = asStored(Transparency.ON_WHITE);

  private static PictureDecoder asStored(Transparency transparency) {
    return new PictureDecoder(PictureLimits.DEFAULT, transparency, false);
  }

  static Stream<String> files() {
    return FILES.stream();
  }

  static Stream<Arguments> modelsAndFiles() {
    return MODELS.stream().flatMap(model -> FILES.stream().map(f -> Arguments.of(model, f)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void decodedPixelsEqualPillows(String file) {
    byte[] expected = golden("quick_gelu_legacy", "images_stages").bytesOf("decoded_rgb/" + file);
    assertThat(difference(CONVERT_RGB.decode(image(file)), expected)).isZero();
  }

  @ParameterizedTest
  @MethodSource("modelsAndFiles")
  void resizedAndCroppedPixelsEqualPillows(String model, String file) {
    byte[] expected = golden(model, "images_stages").bytesOf("resized_cropped_u8/" + file);
    // The golden stages drop the alpha of the RGBA file, but not the palette's transparent entry.
    PictureDecoder decoder = file.equals("04_rgba.png") ? CONVERT_RGB : TRANSFORMERS;
    Picture cropped = preprocessing(model).crop(decoder.decode(image(file)));
    assertThat(difference(cropped, expected)).isZero();
  }

  @ParameterizedTest
  @MethodSource("modelsAndFiles")
  void modelInputsEqualTransformers(String model, String file) {
    ClipPreprocessing preprocessing = preprocessing(model);
    float[] all = golden(model, "pixel_values").floatsOf("pixel_values");
    int from = FILES.indexOf(file) * preprocessing.pixelCount();
    float[] expected = Arrays.copyOfRange(all, from, from + preprocessing.pixelCount());
    float[] pixels = preprocessing.pixels(TRANSFORMERS.decode(image(file)));
    assertThat(difference(pixels, expected)).isLessThan(2e-6);
  }

  @ParameterizedTest
  @MethodSource("models")
  void aTurnedPhotographIsSetUpright(String model) {
    float[] expected =
        golden(model, "pixel_values_other_pipelines")
            .floatsOf("exif_transposed_then_pil/07_exif6.jpg");
    Picture upright = new PictureDecoder().decode(image("07_exif6.jpg"));
    assertThat(difference(preprocessing(model).pixels(upright), expected)).isLessThan(2e-6);
  }

  private static int difference(Picture picture, byte[] expected) {
    assertThat(picture.rgb()).hasSameSizeAs(expected);
    return IntStream.range(0, expected.length)
        .map(i -> Math.abs((picture.rgb()[i] & 0xFF) - (expected[i] & 0xFF)))
        .max()
        .orElseThrow();
  }

  private static double difference(float[] pixels, float[] expected) {
    assertThat(pixels).hasSameSizeAs(expected);
    return IntStream.range(0, expected.length)
        .mapToDouble(i -> Math.abs(pixels[i] - expected[i]))
        .max()
        .orElseThrow();
  }

  static Stream<String> models() {
    return MODELS.stream();
  }

  private static byte[] image(String file) {
    return GoldenTensors.bytes("/clip/images/" + file);
  }

  private static GoldenTensors golden(String model, String name) {
    return new GoldenTensors("/clip/" + model + "/" + name + ".safetensors");
  }

  private static ClipPreprocessing preprocessing(String model) {
    byte[] json = GoldenTensors.bytes("/clip/" + model + "/preprocessor_config.json");
    return PreprocessorConfig.parse(new String(json, StandardCharsets.UTF_8));
  }
}
