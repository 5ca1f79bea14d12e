package dev.kedge.models.train;

import dev.kedge.models.clip.TowerConfig;
import dev.kedge.models.language.Activation;
import dev.kedge.models.language.Decoder;
import dev.kedge.models.language.FeedForward;

/**
 * What a stack of transformer layers keeps of its way there for the way back.
 *
 * @param layers how many
 * @param width of a token between layers
 * @param token bytes that a layer keeps of a token
 * @param recomputes whether a layer's inside is forgotten, and computed again for the way back
 */
public record KeptLayers(int layers, int width, long token, boolean recomputes) {
  /** A tower of CLIP. */
  public static KeptLayers of(TowerConfig tower, Precision precision, boolean recomputes) {
    int product = precision.productBytes();
    // Norms keep their inputs; products theirs: after the norms, queries, keys, values, mixture.
    long wide = 2L * Float.BYTES + 6L * product;
    return new KeptLayers(
        tower.layers(),
        tower.width(),
        wide * tower.width() + 2L * product * tower.inner(),
        recomputes);
  }

  /** A language model's layers. */
  public static KeptLayers of(Decoder decoder, Precision precision, boolean recomputes) {
    int product = precision.productBytes();
    long heads = (long) decoder.attention().heads() * decoder.attention().headWidth();
    // RMS norms keep what they scale, beside their inputs.
    long norms = (decoder.normalisation().rms() ? 4L : 2L) * decoder.width() * Float.BYTES;
    // What the norms give; queries, the keys and values that they share, and the mixture.
    long products = (2L * decoder.width() + 4L * heads + inner(decoder.feedForward())) * product;
    return new KeptLayers(decoder.layers(), decoder.width(), norms + products, recomputes);
  }

  /** Inputs and outputs of the activation, which of ReLU are one. */
  private static long inner(FeedForward feedForward) {
    boolean one = feedForward.activation() == Activation.RELU;
    return feedForward.inner() * (feedForward.gated() ? 4L : one ? 1L : 2L);
  }

  /** The summand for so many sequences of so many tokens. */
  MemoryNeed.Part part(int sequences, int tokens) {
    long all = (long) sequences * tokens;
    long between = all * width * Float.BYTES;
    long inside = all * token;
    // With recomputation each layer's output is there, its gradient and that at its input; beside
    // them one layer.
    long bytes = recomputes ? 3L * layers * between + inside : layers * inside;
    String how = recomputes ? "one of %d layers kept" : "%d layers kept";
    return new MemoryNeed.Part(
        "activations (%s, %d sequences of %d tokens, width %d)"
            .formatted(how.formatted(layers), sequences, tokens, width),
        bytes);
  }

  /**
   * What the way back through a layer holds beside: the gradients of its inside. Where layers are
   * kept, half of them takes the place of what layers behind it have let go.
   */
  MemoryNeed.Part backPart(int sequences, int tokens) {
    long inside = (long) sequences * tokens * token;
    return new MemoryNeed.Part("gradients inside a layer", recomputes ? inside : inside / 2);
  }
}
