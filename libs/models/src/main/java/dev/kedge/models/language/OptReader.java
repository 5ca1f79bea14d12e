package dev.kedge.models.language;

/** OPT's configuration; Galactica's is the same without biases. */
final class OptReader {
  private static final double EPS = 1e-5;

  private OptReader() {}

  static Decoder read(Settings settings) {
    int width = settings.integer("hidden_size");
    boolean normFirst = settings.flag("do_layer_norm_before", true);
    boolean bias = settings.flag("enable_bias", true);
    return new Decoder(
        settings.integer("vocab_size"),
        settings.integer("max_position_embeddings"),
        width,
        settings.integer("word_embed_proj_dim", width),
        settings.integer("num_hidden_layers"),
        Normalisation.layer(EPS, settings.flag("layer_norm_elementwise_affine", true)),
        normFirst,
        normFirst && !settings.flag("_remove_final_layer_norm", false),
        Attention.full(settings.integer("num_attention_heads"), width, bias),
        new FeedForward(
            settings.integer("ffn_dim"),
            Activation.of(settings.text("activation_function", "relu")),
            false,
            bias),
        new Positions.Learned(2),
        settings.integer("pad_token_id", 1),
        settings.flag("tie_word_embeddings", true));
  }
}
