package dev.kedge.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphicsCardTest {
  @Test
  void aLineOfNvidiaSmiIsRead() {
    assertThat(GraphicsCard.parse("NVIDIA H100 80GB HBM3, 550.54.15, 81559"))
        .contains(new GraphicsCard("NVIDIA H100 80GB HBM3", "550.54.15", 81559L << 20));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "No devices were found", "NVIDIA X, 550, [N/A]"})
  void anythingElseSaysNothing(String line) {
    assertThat(GraphicsCard.parse(line)).isEmpty();
  }

  @Test
  void askingNeverFails() {
    assertThat(GraphicsCard.first(Optional.of("no such card"))).isEmpty();
  }
}
