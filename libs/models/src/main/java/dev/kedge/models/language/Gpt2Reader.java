package dev.kedge.models.language;

/** GPT-2's configuration. */
final class Gpt2Reader {
  private Gpt2Reader() {}

  static Decoder read(Settings settings) {
    settings.require("scale_attn_weights", true);
    settings.require("scale_attn_by_inverse_layer_idx", false);
    settings.require("add_cross_attention", false);
    int width = settings.integer("n_embd");
    return new Decoder(
        settings.integer("vocab_size"),
        settings.integer("n_positions"),
        width,
        width,
        settings.integer("n_layer"),
        Normalisation.layer(settings.number("layer_norm_epsilon", 1e-5), true),
        true,
        true,
        Attention.full(settings.integer("n_head"), width, true),
        new FeedForward(
            settings.integer("n_inner", 4 * width),
            Activation.of(settings.text("activation_function", "gelu_new")),
            false,
            true),
        new Positions.Learned(0),
        -1,
        settings.flag("tie_word_embeddings", true));
  }
}
