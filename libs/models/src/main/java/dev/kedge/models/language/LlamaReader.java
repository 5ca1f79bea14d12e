package dev.kedge.models.language;

/**
 * The configurations of Llama and those like it.
 *
 * @param eps of the norms where the file states none
 * @param inputBias whether queries, keys and values have biases where the file does not say
 * @param headNorms whether queries and keys pass a norm
 * @param slides whether {@code sliding_window} holds without a further switch
 */
record LlamaReader(double eps, boolean inputBias, boolean headNorms, boolean slides) {
  static final LlamaReader LLAMA = new LlamaReader(1e-6, false, false, false);
  static final LlamaReader MISTRAL = new LlamaReader(1e-6, false, false, true);
  static final LlamaReader QWEN2 = new LlamaReader(1e-6, true, false, false);
  static final LlamaReader QWEN3 = new LlamaReader(1e-6, false, true, false);

  Decoder read(Settings settings) {
    settings.require("use_sliding_window", false);
    int width = settings.integer("hidden_size");
    return new Decoder(
        settings.integer("vocab_size"),
        settings.integer("max_position_embeddings"),
        width,
        width,
        settings.integer("num_hidden_layers"),
        Normalisation.rms(settings.number("rms_norm_eps", eps)),
        true,
        true,
        attention(settings, width),
        new FeedForward(
            settings.integer("intermediate_size"),
            Activation.of(settings.text("hidden_act", "silu")),
            true,
            settings.flag("mlp_bias", false)),
        RotaryReader.read(settings),
        settings.integer("pad_token_id", -1),
        settings.flag("tie_word_embeddings", false));
  }

  private Attention attention(Settings settings, int width) {
    int heads = settings.integer("num_attention_heads");
    Positive.require("number of attention heads", heads);
    boolean bias = settings.flag("attention_bias", false);
    return new Attention(
        heads,
        settings.integer("num_key_value_heads", heads),
        settings.integer("head_dim", width / heads),
        slides ? settings.integer("sliding_window", 0) : 0,
        inputBias || bias,
        bias,
        headNorms);
  }
}
