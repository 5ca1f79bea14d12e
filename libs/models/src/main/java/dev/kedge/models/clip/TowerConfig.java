package dev.kedge.models.clip;

/**
 * What both towers have: a stack of equal transformer blocks.
 *
 * @param width size of a token, divisible by {@code heads}
 * @param inner size of the MLP's hidden layer
 * @param layers number of blocks
 * @param heads attention heads
 * @param activation the MLP's activation
 * @param eps added to the variance in every layer norm
 */
public record TowerConfig(
    int width, int inner, int layers, int heads, Activation activation, double eps) {
  public TowerConfig {
    requirePositive("hidden_size", width);
    requirePositive("intermediate_size", inner);
    requirePositive("num_hidden_layers", layers);
    requirePositive("num_attention_heads", heads);
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "hidden_size " + width + " is not divisible by num_attention_heads " + heads);
    }
    if (!(eps > 0)) {
      throw new IllegalArgumentException("layer_norm_eps must be above 0, not " + eps);
    }
  }

  static void requirePositive(String name, int value) {
    if (value < 1 || value > 1 << 24) {
      throw new IllegalArgumentException(name + " must be between 1 and 2^24, not " + value);
    }
  }
}
