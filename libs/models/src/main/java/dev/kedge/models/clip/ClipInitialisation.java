package dev.kedge.models.clip;

import dev.kedge.models.checkpoint.InitialValues;
import dev.kedge.tensors.MemoryTensors;
import java.util.Arrays;
import java.util.Map;

/**
 * Random weights for a new CLIP, with the deviations of transformers' initialisation. Each tensor
 * is a function of seed, name and shape alone.
 */
public final class ClipInitialisation {
  private static final double EMBEDDING_DEVIATION = 0.02;

  private final ClipConfig config;
  private final InitialValues random;

  private ClipInitialisation(ClipConfig config, long seed) {
    this.config = config;
    this.random = new InitialValues(seed);
  }

  /** Makes all tensors of a model. */
  public static MemoryTensors of(ClipConfig config, long seed) {
    ClipInitialisation initialisation = new ClipInitialisation(config, seed);
    MemoryTensors tensors = new MemoryTensors();
    for (Map.Entry<String, long[]> tensor : ClipTensors.of(config).entrySet()) {
      long count = Arrays.stream(tensor.getValue()).reduce(1, Math::multiplyExact);
      float[] values = initialisation.values(tensor.getKey(), Math.toIntExact(count));
      tensors.put(tensor.getKey(), values, tensor.getValue());
    }
    return tensors;
  }

  private float[] values(String name, int count) {
    float[] values = new float[count];
    if (name.equals(ClipTensors.LOGIT_SCALE)) {
      values[0] = (float) config.initialLogitScale();
    } else if (isNorm(name) && name.endsWith(".weight")) {
      Arrays.fill(values, 1);
    } else if (!name.endsWith(".bias")) {
      return random.normal(name, count, deviation(name));
    }
    return values;
  }

  private static boolean isNorm(String name) {
    return name.contains("layer_norm") || name.contains("layernorm") || name.contains("layrnorm");
  }

  private double deviation(String name) {
    TowerConfig tower = name.startsWith("vis") ? config.vision().tower() : config.text().tower();
    double byWidth = Math.pow(tower.width(), -0.5);
    double byDepth = Math.pow(2.0 * tower.layers(), -0.5);
    if (name.contains(".mlp.fc1.")) {
      return Math.pow(2.0 * tower.width(), -0.5);
    } else if (name.contains(".mlp.fc2.") || name.matches(".*\\.[qkv]_proj\\..*")) {
      return byWidth * byDepth;
    } else if (name.contains(".out_proj.")
        || name.endsWith("class_embedding")
        || name.endsWith("_projection.weight")) {
      return byWidth;
    }
    return EMBEDDING_DEVIATION;
  }
}
