package dev.kedge.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromptsTest {

  @Test
  void promptsComeClassByClass() {
    Prompts prompts = new Prompts(List.of("a photo of a {}.", "the {}"));
    assertThat(prompts.classMajor(List.of("cat", "guide dog")))
        .containsExactly(
            "a photo of a cat.", "the cat", "a photo of a guide dog.", "the guide dog");
  }

  @Test
  void aTemplateWithoutItsOneGapIsNamed() {
    for (String wrong : List.of("a photo", "{} or {}")) {
      assertThatThrownBy(() -> new Prompts(List.of("a {}", wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + wrong + "'");
    }
    assertThatThrownBy(() -> new Prompts(List.of())).hasMessageContaining("no template");
  }
}
