package dev.kedge.models.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipInitialisationTest {
  private static final ClipConfig CONFIG =
      new ClipConfig(
          new TextConfig(
              new TowerConfig(64, 256, 2, 4, Activation.QUICK_GELU, 1e-5), 512, 77, 510, 511, 511),
          new VisionConfig(new TowerConfig(128, 512, 4, 4, Activation.QUICK_GELU, 1e-5), 64, 8, 3),
          96,
          2.6592);
  private final TensorSource weights = ClipInitialisation.of(CONFIG, 7);

  @ParameterizedTest(name = "{0} has deviation {1}")
  @CsvSource({
    "text_model.embeddings.token_embedding.weight, 0.02",
    "vision_model.embeddings.position_embedding.weight, 0.02",
    "vision_model.embeddings.patch_embedding.weight, 0.02",
    "vision_model.embeddings.class_embedding, 0.0884",
    "vision_model.encoder.layers.1.self_attn.q_proj.weight, 0.03125",
    "vision_model.encoder.layers.1.self_attn.out_proj.weight, 0.0884",
    "vision_model.encoder.layers.3.mlp.fc1.weight, 0.0625",
    "vision_model.encoder.layers.3.mlp.fc2.weight, 0.03125",
    "text_model.encoder.layers.0.self_attn.v_proj.weight, 0.0625",
    "visual_projection.weight, 0.0884",
    "text_projection.weight, 0.125"
  })
  void deviationsAreThoseOfTransformers(String name, double deviation) throws IOException {
    float[] values = weights.floats(name);
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }

    assertThat(Math.sqrt(squares / values.length))
        .isCloseTo(deviation, within(3 * deviation / Math.sqrt(2.0 * values.length)));
  }

  @Test
  void normsBiasesAndTheScaleAreConstants() throws IOException {
    assertThat(weights.floats("vision_model.pre_layrnorm.weight")).containsOnly(1);
    assertThat(weights.floats("text_model.encoder.layers.0.layer_norm1.weight")).containsOnly(1);
    assertThat(weights.floats("vision_model.post_layernorm.bias")).containsOnly(0);
    assertThat(weights.floats("text_model.encoder.layers.0.mlp.fc1.bias")).containsOnly(0);
    assertThat(weights.floats("logit_scale")).containsExactly(2.6592f);
  }

  @Test
  void theSeedAndNothingElseDecides() throws IOException {
    String name = "visual_projection.weight";

    assertThat(ClipInitialisation.of(CONFIG, 7).floats(name)).isEqualTo(weights.floats(name));
    assertThat(ClipInitialisation.of(CONFIG, 8).floats(name)).isNotEqualTo(weights.floats(name));
  }
}
