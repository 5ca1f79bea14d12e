package dev.kedge.models.language;

import static java.util.Map.entry;

import java.util.Map;

/**
 * A family's names for the tensors of a decoder.
 *
 * @param stem before every name but the head's
 * @param tokens the token table
 * @param positions the position table
 * @param layers before the number of a layer
 * @param finalNorm the norm after the last layer
 * @param parts the parts of a layer; with {@code fused}, query, key and value share one
 * @param fused whether query, key and value are one map, and maps are stored as {@code [in, out]}
 */
record TensorNames(
    String stem,
    String tokens,
    String positions,
    String layers,
    String finalNorm,
    Map<Part, String> parts,
    boolean fused) {
  static final String HEAD = "lm_head.weight";

  static final TensorNames OPT =
      new TensorNames(
          "model.decoder.",
          "embed_tokens.weight",
          "embed_positions.weight",
          "layers.",
          "final_layer_norm",
          Map.ofEntries(
              entry(Part.ATTENTION_NORM, "self_attn_layer_norm"),
              entry(Part.QUERY, "self_attn.q_proj"),
              entry(Part.KEY, "self_attn.k_proj"),
              entry(Part.VALUE, "self_attn.v_proj"),
              entry(Part.OUTPUT, "self_attn.out_proj"),
              entry(Part.FEED_NORM, "final_layer_norm"),
              entry(Part.UP, "fc1"),
              entry(Part.DOWN, "fc2")),
          false);

  static final TensorNames GPT2 =
      new TensorNames(
          "transformer.",
          "wte.weight",
          "wpe.weight",
          "h.",
          "ln_f",
          Map.ofEntries(
              entry(Part.ATTENTION_NORM, "ln_1"),
              entry(Part.QUERY, "attn.c_attn"),
              entry(Part.KEY, "attn.c_attn"),
              entry(Part.VALUE, "attn.c_attn"),
              entry(Part.OUTPUT, "attn.c_proj"),
              entry(Part.FEED_NORM, "ln_2"),
              entry(Part.UP, "mlp.c_fc"),
              entry(Part.DOWN, "mlp.c_proj")),
          true);

  static final TensorNames LLAMA =
      new TensorNames(
          "model.",
          "embed_tokens.weight",
          "",
          "layers.",
          "norm",
          Map.ofEntries(
              entry(Part.ATTENTION_NORM, "input_layernorm"),
              entry(Part.QUERY, "self_attn.q_proj"),
              entry(Part.KEY, "self_attn.k_proj"),
              entry(Part.VALUE, "self_attn.v_proj"),
              entry(Part.OUTPUT, "self_attn.o_proj"),
              entry(Part.QUERY_NORM, "self_attn.q_norm"),
              entry(Part.KEY_NORM, "self_attn.k_norm"),
              entry(Part.FEED_NORM, "post_attention_layernorm"),
              entry(Part.GATE, "mlp.gate_proj"),
              entry(Part.UP, "mlp.up_proj"),
              entry(Part.DOWN, "mlp.down_proj")),
          false);

  String tokenTable() {
    return stem + tokens;
  }

  String positionTable() {
    return stem + positions;
  }

  String projection(boolean in) {
    return stem + (in ? "project_in" : "project_out") + ".weight";
  }

  String norm(String end) {
    return stem + finalNorm + end;
  }

  String part(int layer, Part part, String end) {
    return stem + layers + layer + "." + parts.get(part) + end;
  }
}
