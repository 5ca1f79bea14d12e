package dev.kedge.models.language;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The sizes of a model that does not exist yet; its family fixes the rest. Special tokens are those
 * of {@link TokenVocabulary}.
 *
 * @param width of the states
 * @param layers number of layers
 * @param heads number of attention heads; they share the width equally
 * @param context most positions of a sequence
 * @param vocabulary number of token ids
 */
public record NewLanguageModel(int width, int layers, int heads, int context, int vocabulary) {
  /** Inner widths of gated layers are multiples of it. */
  private static final int GRAIN = 32;

  /** The families a new model can be of. */
  public enum Kind {
    OPT,
    GALACTICA,
    GPT2,
    LLAMA,
    MISTRAL,
    QWEN2,
    QWEN3
  }

  public NewLanguageModel {
    Positive.require("width", width);
    Positive.require("number of attention heads", heads);
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "a width of " + width + " cannot be shared equally by " + heads + " heads");
    }
  }

  /** The configuration of a model of some kind. */
  public LanguageConfig of(Kind kind) {
    return LanguageConfig.of(
        switch (kind) {
          case OPT -> opt(true);
          case GALACTICA -> opt(false).put("activation_function", "gelu");
          case GPT2 -> gpt2();
          case LLAMA -> llama(LanguageFamily.LLAMA);
          case MISTRAL -> llama(LanguageFamily.MISTRAL).putNull("sliding_window");
          case QWEN2 -> llama(LanguageFamily.QWEN2).put("use_sliding_window", false);
          case QWEN3 -> llama(LanguageFamily.QWEN3).put("use_sliding_window", false);
        });
  }

  private ObjectNode opt(boolean affine) {
    ObjectNode json = base(LanguageFamily.OPT);
    json.put("hidden_size", width).put("word_embed_proj_dim", width).put("ffn_dim", 4 * width);
    json.put("num_hidden_layers", layers).put("num_attention_heads", heads);
    json.put("max_position_embeddings", context).put("do_layer_norm_before", true);
    json.put("enable_bias", affine).put("layer_norm_elementwise_affine", affine);
    json.put("dropout", 0.0).put("attention_dropout", 0.0).put("layerdrop", 0.0);
    return json.put("activation_function", "relu").put("init_std", 0.02);
  }

  private ObjectNode gpt2() {
    ObjectNode json = base(LanguageFamily.GPT2);
    json.put("n_embd", width).put("n_layer", layers).put("n_head", heads);
    json.put("n_positions", context).put("activation_function", "gelu_new");
    json.put("embd_pdrop", 0.0).put("resid_pdrop", 0.0).put("attn_pdrop", 0.0);
    return json.put("layer_norm_epsilon", 1e-5).put("initializer_range", 0.02);
  }

  private ObjectNode llama(LanguageFamily family) {
    ObjectNode json = base(family);
    json.put("hidden_size", width).put("intermediate_size", gatedInner());
    json.put("num_hidden_layers", layers).put("num_attention_heads", heads);
    json.put("num_key_value_heads", heads).put("head_dim", width / heads);
    json.put("max_position_embeddings", context).put("hidden_act", "silu");
    json.put("rope_theta", 10_000.0).put("rms_norm_eps", 1e-6).put("attention_dropout", 0.0);
    return json.put("initializer_range", 0.02);
  }

  /** As many parameters as an ungated layer of four times the width has. */
  private int gatedInner() {
    return (8 * width / 3 + GRAIN - 1) / GRAIN * GRAIN;
  }

  private ObjectNode base(LanguageFamily family) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("architectures").add(family.modelClass());
    json.put("model_type", family.type()).put("dtype", "float32").put("vocab_size", vocabulary);
    json.put("bos_token_id", TokenVocabulary.BEGIN).put("eos_token_id", TokenVocabulary.END);
    return json.put("pad_token_id", TokenVocabulary.PAD).put("tie_word_embeddings", true);
  }
}
