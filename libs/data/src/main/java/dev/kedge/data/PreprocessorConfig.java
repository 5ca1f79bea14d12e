package dev.kedge.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Hugging Face's {@code preprocessor_config.json} of a CLIP: both the old form with plain
 * numbers and the present one with {@code {"shortest_edge": n}} and {@code {"height", "width"}}.
 * What the file leaves out has transformers' default; what it asks for beyond CLIP is refused.
 */
public final class PreprocessorConfig {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BICUBIC = 3;
  private static final ClipPreprocessing DEFAULTS = ClipPreprocessing.ofSize(224);

  private PreprocessorConfig() {}

  /**
   * Parses the file's text.
   *
   * @throws IllegalArgumentException if it is not JSON, or asks for another preprocessing
   */
  public static ClipPreprocessing parse(String json) {
    JsonNode config = read(json);
    for (String step :
        List.of("do_resize", "do_center_crop", "do_rescale", "do_normalize", "do_convert_rgb")) {
      require(config.path(step).asBoolean(true), step, "true", config.path(step));
    }
    JsonNode resample = config.path("resample");
    require(resample.asInt(BICUBIC) == BICUBIC, "resample", "3 (bicubic)", resample);
    return new ClipPreprocessing(
        side(config, "size", "shortest_edge"),
        side(config, "crop_size", "width"),
        side(config, "crop_size", "height"),
        config.path("rescale_factor").asDouble(DEFAULTS.rescale()),
        numbers(config.path("image_mean"), DEFAULTS.mean()),
        numbers(config.path("image_std"), DEFAULTS.std()));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "preprocessor_config.json is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static int side(JsonNode config, String field, String key) {
    JsonNode value = config.path(field);
    if (value.isMissingNode()) {
      return DEFAULTS.shortestEdge();
    }
    JsonNode side = value.isInt() ? value : value.path(key);
    require(side.isInt(), field, "a number or an object with \"" + key + "\"", value);
    return side.asInt();
  }

  private static List<Double> numbers(JsonNode array, List<Double> byDefault) {
    if (array.isMissingNode()) {
      return byDefault;
    }
    List<Double> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }

  private static void require(boolean holds, String field, String wanted, JsonNode got) {
    if (!holds) {
      throw new IllegalArgumentException(
          "preprocessor_config.json: %s must be %s for a CLIP, got %s"
              .formatted(field, wanted, got));
    }
  }
}
