package dev.kedge.models.clip;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names and shapes of a CLIP's tensors, under Hugging Face's names, in the model's order. */
public final class ClipTensors {
  /** Logarithm of the scale of the cosines; a scalar. */
  public static final String LOGIT_SCALE = "logit_scale";

  /** The class token: {@code [width]}. */
  public static final String CLASS_TOKEN = "vision_model.embeddings.class_embedding";

  /** The patches' kernel: {@code [width, channels, patch, patch]}. */
  public static final String PATCHES = "vision_model.embeddings.patch_embedding.weight";

  /** The image tokens' positions: {@code [tokens, width]}. */
  public static final String POSITIONS = "vision_model.embeddings.position_embedding.weight";

  static final String TEXT = "text_model.";
  static final String VISION = "vision_model.";
  static final List<String> IMAGE_EMBEDDING =
      List.of(
          CLASS_TOKEN,
          PATCHES,
          POSITIONS,
          VISION + "pre_layrnorm.weight",
          VISION + "pre_layrnorm.bias");
  static final List<String> IMAGE_PROJECTION =
      List.of(
          VISION + "post_layernorm.weight",
          VISION + "post_layernorm.bias",
          "visual_projection.weight");
  static final List<String> TEXT_EMBEDDING =
      List.of(
          TEXT + "embeddings.token_embedding.weight",
          TEXT + "embeddings.position_embedding.weight");
  static final List<String> TEXT_PROJECTION =
      List.of(
          TEXT + "final_layer_norm.weight",
          TEXT + "final_layer_norm.bias",
          "text_projection.weight");

  /** The parts of a block in the order in which the kernels take them. */
  private static final List<String> BLOCK =
      List.of(
          "layer_norm1",
          "self_attn.q_proj",
          "self_attn.k_proj",
          "self_attn.v_proj",
          "self_attn.out_proj",
          "layer_norm2",
          "mlp.fc1",
          "mlp.fc2");

  private ClipTensors() {}

  /** Every tensor of the model with its shape. */
  public static Map<String, long[]> of(ClipConfig config) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(LOGIT_SCALE, new long[0]);
    shapes.putAll(text(config));
    shapes.putAll(vision(config));
    return shapes;
  }

  /** The tensors the image side trains: its tower and its projection. */
  public static Map<String, long[]> vision(ClipConfig config) {
    VisionConfig vision = config.vision();
    long width = vision.tower().width();
    long patch = vision.patchSize();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(IMAGE_EMBEDDING.get(0), new long[] {width});
    shapes.put(IMAGE_EMBEDDING.get(1), new long[] {width, vision.channels(), patch, patch});
    shapes.put(IMAGE_EMBEDDING.get(2), new long[] {vision.tokens(), width});
    shapes.put(IMAGE_EMBEDDING.get(3), new long[] {width});
    shapes.put(IMAGE_EMBEDDING.get(4), new long[] {width});
    addBlocks(shapes, VISION, vision.tower());
    addProjection(shapes, IMAGE_PROJECTION, width, config.projection());
    return shapes;
  }

  /** The tensors of the text side. */
  public static Map<String, long[]> text(ClipConfig config) {
    TextConfig text = config.text();
    long width = text.tower().width();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(TEXT_EMBEDDING.get(0), new long[] {text.vocabulary(), width});
    shapes.put(TEXT_EMBEDDING.get(1), new long[] {text.context(), width});
    addBlocks(shapes, TEXT, text.tower());
    addProjection(shapes, TEXT_PROJECTION, width, config.projection());
    return shapes;
  }

  private static void addBlocks(Map<String, long[]> shapes, String side, TowerConfig tower) {
    for (int layer = 0; layer < tower.layers(); layer++) {
      for (String part : BLOCK) {
        String name = part(side, layer, part);
        shapes.put(name + ".weight", weightShape(part, tower));
        shapes.put(
            name + ".bias", new long[] {part.equals("mlp.fc1") ? tower.inner() : tower.width()});
      }
    }
  }

  private static long[] weightShape(String part, TowerConfig tower) {
    long width = tower.width();
    long inner = tower.inner();
    return switch (part) {
      case "layer_norm1", "layer_norm2" -> new long[] {width};
      case "mlp.fc1" -> new long[] {inner, width};
      case "mlp.fc2" -> new long[] {width, inner};
      default -> new long[] {width, width};
    };
  }

  private static void addProjection(
      Map<String, long[]> shapes, List<String> names, long width, long projection) {
    shapes.put(names.get(0), new long[] {width});
    shapes.put(names.get(1), new long[] {width});
    shapes.put(names.get(2), new long[] {projection, width});
  }

  /** The names of one block's tensors in the kernels' order. */
  static List<String> block(String side, int layer) {
    List<String> names = new ArrayList<>();
    for (String part : BLOCK) {
      names.add(part(side, layer, part) + ".weight");
      names.add(part(side, layer, part) + ".bias");
    }
    return names;
  }

  private static String part(String side, int layer, String part) {
    return side + "encoder.layers." + layer + "." + part;
  }
}
