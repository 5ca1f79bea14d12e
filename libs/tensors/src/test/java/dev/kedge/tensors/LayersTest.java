package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayersTest {
  private static final Map<Layers.Outside, Double> RULES =
      Map.of(Layers.Outside.EMBEDDINGS, 10.0, Layers.Outside.NORM, 20.0, Layers.Outside.HEAD, 30.0);

  @ParameterizedTest
  @CsvSource({
    "vision_model.embeddings.class_embedding, 10",
    "vision_model.embeddings.patch_embedding.weight, 10",
    "text_model.embeddings.token_embedding.weight, 10",
    "vision_model.pre_layrnorm.bias, 10",
    "model.embed_tokens.weight, 10",
    "model.decoder.embed_positions.weight, 10",
    "model.decoder.project_in.weight, 10",
    "transformer.wpe.weight, 10",
    "gpt_neox.embed_in.weight, 10",
    "vision_model.post_layernorm.weight, 20",
    "text_model.final_layer_norm.bias, 20",
    "model.norm.weight, 20",
    "transformer.ln_f.bias, 20",
    "visual_projection.weight, 30",
    "text_projection.weight, 30",
    "logit_scale, 30",
    "lm_head.weight, 30",
    "embed_out.weight, 30",
    "head.bias, 30",
    "model.decoder.project_out.weight, 30",
  })
  void whatLiesOutsideTheLayersIsToldByItsName(String tensor, double rule) {
    assertThat(Layers.of(List.of()).ratio(tensor, (layer, depth) -> 0, RULES)).isEqualTo(rule);
  }

  @ParameterizedTest
  @CsvSource({
    "vision_model.encoder.layers.1.layer_norm1.weight",
    "text_model.encoder.layers.1.self_attn.q_proj.bias",
    "model.layers.1.mlp.up_proj.weight",
    "model.decoder.layers.1.fc1.weight",
    "transformer.h.1.attn.c_attn.weight",
    "h.1.ln_1.weight",
    "gpt_neox.layers.1.attention.dense.weight",
  })
  void aLayerIsCountedInItsTower(String tensor) {
    Layers layers =
        Layers.of(List.of(tensor.replace(".1.", ".11.").replaceAll("^1", "11"), tensor));

    assertThat(layers.ratio(tensor, (layer, depth) -> 100.0 * layer + depth, RULES)).isEqualTo(112);
  }

  @Test
  void eachTowerHasItsOwnDepth() {
    Layers layers = Layers.of(List.of("text_model.layers.3.w", "vision_model.layers.7.w"));

    assertThat(layers.depths()).containsEntry("text_model.layers", 4);
    assertThat(layers.depths()).containsEntry("vision_model.layers", 8);
  }

  @Test
  void aTensorWithoutAPlaceIsNamed() {
    assertThatThrownBy(() -> Layers.of(List.of()).ratio("adapter.gate", (l, d) -> 0, RULES))
        .hasMessageContaining("'adapter.gate' is in no layer")
        .hasMessageContaining("by_name");
  }
}
