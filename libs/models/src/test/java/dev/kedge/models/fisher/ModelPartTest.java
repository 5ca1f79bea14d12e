package dev.kedge.models.fisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.NewLanguageModel;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelPartTest {
  private static final List<ModelPart.Kind> IN_BLOCKS =
      List.of(ModelPart.Kind.ATTENTION, ModelPart.Kind.MLP, ModelPart.Kind.NORM);

  @ParameterizedTest
  @CsvSource({
    "vision_model.embeddings.class_embedding, EMBEDDING, -1",
    "vision_model.embeddings.patch_embedding.weight, EMBEDDING, -1",
    "vision_model.pre_layrnorm.bias, EMBEDDING, -1",
    "vision_model.encoder.layers.11.self_attn.k_proj.bias, ATTENTION, 11",
    "vision_model.encoder.layers.0.layer_norm2.weight, NORM, 0",
    "vision_model.encoder.layers.0.mlp.fc1.weight, MLP, 0",
    "vision_model.post_layernorm.weight, NORM, -1",
    "visual_projection.weight, PROJECTION, -1",
    "head.bias, HEAD, -1",
    "model.decoder.embed_tokens.weight, EMBEDDING, -1",
    "model.decoder.project_in.weight, PROJECTION, -1",
    "model.decoder.layers.3.self_attn_layer_norm.weight, NORM, 3",
    "model.decoder.layers.3.final_layer_norm.weight, NORM, 3",
    "model.decoder.layers.3.fc2.weight, MLP, 3",
    "model.decoder.final_layer_norm.bias, NORM, -1",
    "transformer.wte.weight, EMBEDDING, -1",
    "transformer.h.2.attn.c_attn.weight, ATTENTION, 2",
    "transformer.h.2.ln_1.weight, NORM, 2",
    "transformer.ln_f.weight, NORM, -1",
    "model.layers.1.self_attn.q_norm.weight, NORM, 1",
    "model.layers.1.post_attention_layernorm.weight, NORM, 1",
    "model.layers.1.mlp.gate_proj.weight, MLP, 1",
    "model.norm.weight, NORM, -1",
    "lm_head.weight, HEAD, -1",
  })
  void aTensorsNameTellsItsPart(String tensor, ModelPart.Kind kind, int block) {
    OptionalInt where = block < 0 ? OptionalInt.empty() : OptionalInt.of(block);
    assertThat(ModelPart.of(tensor)).isEqualTo(new ModelPart(kind, where));
  }

  @ParameterizedTest
  @EnumSource
  void theBlocksOfEveryFamilyHaveThreeKindsInTheirOrder(NewLanguageModel.Kind family) {
    LanguageConfig config = new NewLanguageModel(8, 2, 2, 8, 40).of(family);
    TreeSet<ModelPart> parts = new TreeSet<>();
    LanguageTensors.of(config).keySet().forEach(tensor -> parts.add(ModelPart.of(tensor)));

    boolean norms = config.decoder().normalisation().scaled();
    assertThat(parts.stream().filter(part -> part.block().equals(OptionalInt.of(1))))
        .extracting(ModelPart::kind)
        .containsExactlyElementsOf(norms ? IN_BLOCKS : IN_BLOCKS.subList(0, 2));
    assertThat(parts.first().kind()).isEqualTo(ModelPart.Kind.EMBEDDING);
  }

  @Test
  void whatComesBehindTheBlocksIsLast() {
    assertThat(ModelPart.of("model.norm.weight"))
        .isGreaterThan(ModelPart.of("model.layers.9.mlp.up_proj.weight"))
        .isLessThan(ModelPart.of("lm_head.weight"));
  }
}
