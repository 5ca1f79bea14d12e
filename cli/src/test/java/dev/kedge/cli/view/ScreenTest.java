package dev.kedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.cli.view.Screen.Size;
import org.junit.jupiter.api.Test;

class ScreenTest {
  @Test
  void theSizeIsWhatTheTerminalTells() {
    assertThat(new Screen(() -> "40 132\n").size()).isEqualTo(new Size(40, 132));
  }

  @Test
  void withoutATerminalOrASizeItIsTheUsualOne() {
    assertThat(new Screen(() -> "").size()).isEqualTo(new Size(24, 80));
    assertThat(new Screen(() -> "0 0\n").size()).isEqualTo(new Size(24, 80));
    assertThat(new Screen(() -> "stty: what?\n").size()).isEqualTo(new Size(24, 80));
  }
}
