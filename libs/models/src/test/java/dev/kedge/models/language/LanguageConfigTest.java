package dev.kedge.models.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.models.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LanguageConfigTest {
  private static ObjectNode json(String variant) throws IOException {
    return (ObjectNode) Golden.of(LanguageConfigTest.class, variant).json("config.json");
  }

  private static JsonNode parse(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void rotarySettingsAreReadInTheirOldFormToo() throws IOException {
    ObjectNode old = json("llama3_untied_ropescaled");
    old.remove("rope_parameters");
    old.put("rope_theta", 500000.0);
    old.set(
        "rope_scaling",
        parse(
            """
            {"type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
             "original_max_position_embeddings": 16}
            """));

    assertThat(LanguageConfig.of(old).decoder())
        .isEqualTo(LanguageConfig.of(json("llama3_untied_ropescaled")).decoder());
  }

  @Test
  void withoutAnyRotarySettingALlamaIsOneOfTheFirst() throws IOException {
    ObjectNode first = json("llama_gqa_tied");
    first.remove("rope_parameters");

    assertThat(LanguageConfig.of(first).decoder().positions())
        .isEqualTo(new Positions.Rotary(10_000, new RotaryScaling.None()));
  }

  @Test
  void linearScalingDividesEveryFrequency() {
    float[] plain = new Positions.Rotary(100, new RotaryScaling.None()).frequencies(4);
    float[] scaled = new Positions.Rotary(100, new RotaryScaling.Linear(4)).frequencies(4);

    assertThat(plain).containsExactly(1, 0.1f);
    assertThat(scaled[0]).isCloseTo(0.25f, within(1e-7f));
    assertThat(scaled[1]).isCloseTo(0.025f, within(1e-8f));
  }

  @Test
  void aScalingThatIsNotKnownIsRefusedByName() throws IOException {
    ObjectNode other = json("qwen2");
    ((ObjectNode) other.get("rope_parameters")).put("rope_type", "yarn");

    assertThatThrownBy(() -> LanguageConfig.of(other))
        .hasMessageContaining(
            "rope_type 'yarn' is not known; known are default, linear and llama3");
  }

  @Test
  void whatNoKernelComputesIsRefusedByName() throws IOException {
    ObjectNode sliding = json("qwen2");
    sliding.put("use_sliding_window", true);
    ObjectNode odd = json("opt");
    odd.put("activation_function", "swoosh");

    assertThatThrownBy(() -> LanguageConfig.of(sliding))
        .hasMessageContaining("use_sliding_window is true");
    assertThatThrownBy(() -> LanguageConfig.of(odd))
        .hasMessageContaining("the activation 'swoosh' is not known");
  }

  @Test
  void impossibleSettingsAreNamed() throws IOException {
    ObjectNode wide = json("opt");
    wide.put("hidden_size", "wide");
    ObjectNode uneven = json("gpt2");
    uneven.put("n_head", 5);
    ObjectNode missing = json("qwen3");
    missing.remove("intermediate_size");

    assertThatThrownBy(() -> LanguageConfig.of(wide))
        .hasMessageContaining("hidden_size must be a whole number, not \"wide\"");
    assertThatThrownBy(() -> LanguageConfig.of(uneven))
        .hasMessageContaining("a width of 32 cannot be shared equally by 5 heads");
    assertThatThrownBy(() -> LanguageConfig.of(missing))
        .hasMessageContaining("intermediate_size is missing");
  }

  @Test
  void anUntiedModelHasAHeadOfItsOwn() throws IOException {
    LanguageConfig tied = LanguageConfig.of(json("opt"));

    assertThat(LanguageTensors.head(tied)).isEqualTo("model.decoder.embed_tokens.weight");
    assertThat(LanguageTensors.head(tied.untied())).isEqualTo("lm_head.weight");
    assertThat(LanguageTensors.of(tied.untied())).containsKey("lm_head.weight");
  }
}
