package dev.kedge.models.clip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The architecture of a CLIP, as in a Hugging Face {@code config.json}.
 *
 * @param text the text tower
 * @param vision the image tower
 * @param projection size of the space both towers map into
 * @param initialLogitScale logarithm of the scale a new model starts with
 */
public record ClipConfig(
    TextConfig text, VisionConfig vision, int projection, double initialLogitScale) {
  public ClipConfig {
    TowerConfig.requirePositive("projection_dim", projection);
  }

  /**
   * Reads a configuration; what is left out has the defaults of transformers.
   *
   * @throws IllegalArgumentException naming the setting, its value and what would be right
   */
  public static ClipConfig of(JsonNode json) {
    String type = json.path("model_type").asText("");
    if (!type.equals("clip")) {
      throw new IllegalArgumentException("not a CLIP: model_type is '" + type + "'");
    }
    return new ClipConfig(
        text(new Section("text_config", json)),
        vision(new Section("vision_config", json)),
        new Section("", json).integer("projection_dim", 512),
        json.path("logit_scale_init_value").asDouble(2.6592));
  }

  private static TextConfig text(Section section) {
    return new TextConfig(
        tower(section, 512, 2048, 8),
        section.integer("vocab_size", 49408),
        section.integer("max_position_embeddings", 77),
        section.integer("bos_token_id", 49406),
        section.integer("eos_token_id", 49407),
        section.integer("pad_token_id", 1));
  }

  private static VisionConfig vision(Section section) {
    return new VisionConfig(
        tower(section, 768, 3072, 12),
        section.integer("image_size", 224),
        section.integer("patch_size", 32),
        section.integer("num_channels", 3));
  }

  private static TowerConfig tower(Section section, int width, int inner, int heads) {
    return new TowerConfig(
        section.integer("hidden_size", width),
        section.integer("intermediate_size", inner),
        section.integer("num_hidden_layers", 12),
        section.integer("num_attention_heads", heads),
        Activation.of(section.json().path("hidden_act").asText("quick_gelu")),
        section.json().path("layer_norm_eps").asDouble(1e-5));
  }

  /** The configuration as transformers writes it. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("architectures").add("CLIPModel");
    json.put("model_type", "clip").put("dtype", "float32").put("projection_dim", projection);
    json.put("logit_scale_init_value", initialLogitScale).put("initializer_factor", 1.0);
    json.set("text_config", textJson());
    json.set("vision_config", visionJson());
    return json;
  }

  private ObjectNode textJson() {
    ObjectNode json = towerJson("clip_text_model", text.tower());
    json.put("vocab_size", text.vocabulary()).put("max_position_embeddings", text.context());
    json.put("bos_token_id", text.startId()).put("eos_token_id", text.endId());
    return json.put("pad_token_id", text.padId());
  }

  private ObjectNode visionJson() {
    ObjectNode json = towerJson("clip_vision_model", vision.tower());
    json.put("image_size", vision.imageSize()).put("patch_size", vision.patchSize());
    return json.put("num_channels", vision.channels());
  }

  private ObjectNode towerJson(String type, TowerConfig tower) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model_type", type).put("projection_dim", projection);
    json.put("hidden_size", tower.width()).put("intermediate_size", tower.inner());
    json.put("num_hidden_layers", tower.layers()).put("num_attention_heads", tower.heads());
    json.put("hidden_act", tower.activation().label()).put("layer_norm_eps", tower.eps());
    json.put("attention_dropout", 0.0).put("initializer_factor", 1.0);
    return json.put("initializer_range", 0.02);
  }

  /** A part of the file, so that an error can say where it is; an absent part is all defaults. */
  private record Section(String name, JsonNode json) {
    Section(String name, JsonNode json) {
      this.name = name;
      this.json = name.isEmpty() ? json : json.path(name);
    }

    int integer(String key, int standard) {
      JsonNode value = json.path(key);
      if (value.isMissingNode() || value.isNull()) {
        return standard;
      }
      if (!value.isIntegralNumber() || !value.canConvertToInt()) {
        String place = name.isEmpty() ? key : name + "." + key;
        throw new IllegalArgumentException(place + " must be a whole number, not " + value);
      }
      return value.asInt();
    }
  }
}
