package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateFactorsTest {
  private static final List<String> NAMES =
      List.of("head.weight", "layers.0.q_proj.weight", "layers.10.q_proj.weight");

  private static RateFactors factors(Object... globsAndFactors) {
    RateFactors.Factor[] factors = new RateFactors.Factor[globsAndFactors.length / 2];
    for (int i = 0; i < factors.length; i++) {
      factors[i] =
          new RateFactors.Factor(
              (String) globsAndFactors[2 * i], (Double) globsAndFactors[2 * i + 1]);
    }
    return new RateFactors(List.of(factors));
  }

  @Test
  void theLastGlobThatMatchesHolds() {
    RateFactors factors = factors("*", 0.5, "head.*", 10.0, "layers.?.*", 0.1);

    assertThat(NAMES).extracting(factors::of).containsExactly(10.0, 0.1, 0.5);
    assertThat(factors.groups(NAMES)).hasSize(3);
    assertThat(RateFactors.NONE.groups(NAMES)).containsOnlyKeys(1.0);
  }

  @Test
  void aGlobThatMatchesNothingIsAnError() {
    assertThatThrownBy(() -> factors("lm_head.*", 2.0).requireIn(NAMES))
        .hasMessageContaining("'lm_head.*' matches no tensor that trains; near it are head.weight")
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ofManyNamesTheNearestAreTold() {
    List<String> many =
        IntStream.range(0, 50)
            .mapToObj(layer -> layer == 30 ? "tower.q_proj.bias" : "layers.%d.fc1".formatted(layer))
            .toList();

    assertThatThrownBy(() -> factors("*.q_porj.*", 2.0).requireIn(many))
        .hasMessageContaining("near it are tower.q_proj.bias, layers.0.fc1, ")
        .hasMessageEndingWith("layers.4.fc1, and there are 44 more");
  }

  @Test
  void anAdapterHasTheFactorOfItsMatrix() {
    RateFactors factors = factors("*.q_proj.weight", 0.1);

    assertThat(factors.of("layers.0.q_proj.lora_A.weight")).isEqualTo(0.1);
    assertThat(factors.of("layers.0.q_proj.lora_B.weight")).isEqualTo(0.1);
    assertThat(factors.of("layers.0.v_proj.lora_B.weight")).isEqualTo(1.0);
  }

  @Test
  void aDotOfAGlobIsADot() {
    assertThatThrownBy(() -> factors("head?weight.", 2.0).requireIn(NAMES))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(factors("head?weight", 2.0).of("head.weight")).isEqualTo(2.0);
  }
}
