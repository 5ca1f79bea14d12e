package dev.kedge.models.clip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads open_clip's form of a CLIP into Hugging Face's: query, key and value come fused in one
 * tensor, the two projections transposed, and other names throughout.
 */
public final class OpenClip {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry(ClipTensors.LOGIT_SCALE, "logit_scale"),
          Map.entry("text_model.embeddings.token_embedding.weight", "token_embedding.weight"),
          Map.entry("text_model.embeddings.position_embedding.weight", "positional_embedding"),
          Map.entry("text_model.final_layer_norm.weight", "ln_final.weight"),
          Map.entry("text_model.final_layer_norm.bias", "ln_final.bias"),
          Map.entry("vision_model.embeddings.class_embedding", "visual.class_embedding"),
          Map.entry("vision_model.embeddings.patch_embedding.weight", "visual.conv1.weight"),
          Map.entry(
              "vision_model.embeddings.position_embedding.weight", "visual.positional_embedding"),
          Map.entry("vision_model.pre_layrnorm.weight", "visual.ln_pre.weight"),
          Map.entry("vision_model.pre_layrnorm.bias", "visual.ln_pre.bias"),
          Map.entry("vision_model.post_layernorm.weight", "visual.ln_post.weight"),
          Map.entry("vision_model.post_layernorm.bias", "visual.ln_post.bias"));

  private OpenClip() {}

  /**
   * Reads {@code open_clip_config.json}, either the bare model configuration or the hub's file
   * around it.
   */
  public static ClipConfig config(JsonNode json) {
    JsonNode model = json.has("model_cfg") ? json.get("model_cfg") : json;
    JsonNode text = model.path("text_cfg");
    JsonNode vision = model.path("vision_cfg");
    if (!model.has("embed_dim") || text.isMissingNode() || vision.isMissingNode()) {
      throw new IllegalArgumentException(
          "not an open_clip configuration: embed_dim, text_cfg or vision_cfg is missing");
    }
    Activation activation =
        model.path("quick_gelu").asBoolean(false) ? Activation.QUICK_GELU : Activation.GELU;
    return new ClipConfig(
        text(text, activation),
        vision(vision, activation),
        model.get("embed_dim").asInt(),
        Math.log(1 / 0.07));
  }

  private static TextConfig text(JsonNode json, Activation activation) {
    int vocabulary = json.path("vocab_size").asInt(49408);
    boolean byId = json.path("pool_type").asText("argmax").equals("eos");
    int heads = json.path("heads").asInt(8);
    return new TextConfig(
        tower(json, json.path("width").asInt(512), heads, activation),
        vocabulary,
        json.path("context_length").asInt(77),
        vocabulary - 2,
        byId ? json.path("eos_id").asInt(vocabulary - 1) : 2,
        0);
  }

  private static VisionConfig vision(JsonNode json, Activation activation) {
    int width = json.path("width").asInt(768);
    return new VisionConfig(
        tower(json, width, width / json.path("head_width").asInt(64), activation),
        json.path("image_size").asInt(224),
        json.path("patch_size").asInt(16),
        3);
  }

  private static TowerConfig tower(JsonNode json, int width, int heads, Activation activation) {
    int inner = (int) (width * json.path("mlp_ratio").asDouble(4.0));
    return new TowerConfig(width, inner, json.path("layers").asInt(12), heads, activation, 1e-5);
  }

  /**
   * Converts a state dictionary, holding the result in memory as F32.
   *
   * @throws IllegalArgumentException if a tensor of the architecture is missing
   */
  public static MemoryTensors weights(ClipConfig config, TensorSource openClip) throws IOException {
    MemoryTensors converted = new MemoryTensors();
    for (Map.Entry<String, long[]> tensor : ClipTensors.of(config).entrySet()) {
      converted.put(
          tensor.getKey(), values(tensor.getKey(), tensor.getValue(), openClip), tensor.getValue());
    }
    return converted;
  }

  private static float[] values(String name, long[] shape, TensorSource source) throws IOException {
    if (name.equals("visual_projection.weight")) {
      return transposed(source.floats("visual.proj"), shape);
    } else if (name.equals("text_projection.weight")) {
      return transposed(source.floats("text_projection"), shape);
    } else if (name.contains(".encoder.layers.")) {
      return blockValues(name, source);
    }
    return source.floats(NAMES.get(name));
  }

  private static float[] blockValues(String name, TensorSource source) throws IOException {
    String renamed =
        name.replace("vision_model.encoder.layers.", "visual.transformer.resblocks.")
            .replace("text_model.encoder.layers.", "transformer.resblocks.")
            .replace("layer_norm", "ln_")
            .replace("self_attn.", "attn.")
            .replace("mlp.fc1", "mlp.c_fc")
            .replace("mlp.fc2", "mlp.c_proj");
    for (int third = 0; third < 3; third++) {
      String part = "." + "qkv".charAt(third) + "_proj.";
      if (renamed.contains(part)) {
        float[] fused = source.floats(renamed.replace(part, ".in_proj_"));
        int size = fused.length / 3;
        return Arrays.copyOfRange(fused, third * size, (third + 1) * size);
      }
    }
    return source.floats(renamed);
  }

  /** The transpose of a row-major matrix whose transpose has that shape. */
  private static float[] transposed(float[] matrix, long[] shape) {
    int rows = (int) shape[0];
    int columns = (int) shape[1];
    float[] result = new float[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[i * columns + j] = matrix[j * rows + i];
      }
    }
    return result;
  }
}
