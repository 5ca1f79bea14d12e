package dev.kedge.models.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  @Test
  void whatIsFreeIsReadFromTheMachineAndFromTheContainersLimit() {
    assertThat(
            NativeMemory.ofMachine(
                List.of("MemTotal:       8000000 kB", "MemAvailable:    2000000 kB")))
        .hasValue(2_048_000_000L);
    assertThat(NativeMemory.ofGroup(List.of("1000000"), List.of("400000"))).hasValue(600_000);
    assertThat(NativeMemory.ofGroup(List.of("max"), List.of("400000"))).isEmpty();
    assertThat(NativeMemory.ofGroup(List.of(), List.of())).isEmpty();
  }
}
