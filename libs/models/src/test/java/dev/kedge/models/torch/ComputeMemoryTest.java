package dev.kedge.models.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComputeMemoryTest {
  private static final long GIB = 1L << 30;

  @Test
  void slotsShareThreeQuartersOfWhatTheHeapLeaves() {
    assertThat(ComputeMemory.perSlot(17 * GIB, GIB, 1)).isEqualTo(12 * GIB);
    assertThat(ComputeMemory.perSlot(17 * GIB, GIB, 3)).isEqualTo(4 * GIB);
  }

  @Test
  void machinesOfAlmostEqualSizeGetTheSame() {
    assertThat(ComputeMemory.perSlot(17 * GIB + 40_000_000, GIB, 1)).isEqualTo(12 * GIB);
  }

  @Test
  void aHeapAsLargeAsTheMachineLeavesNothing() {
    assertThat(ComputeMemory.perSlot(GIB, 2 * GIB, 1)).isZero();
  }

  @Test
  void thisMachineHasMemory() {
    assertThat(ComputeMemory.perSlot(1)).isPositive();
  }
}
