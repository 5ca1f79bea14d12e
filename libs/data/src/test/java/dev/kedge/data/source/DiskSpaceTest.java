package dev.kedge.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
  @Test
  void theReserveOfARealDiskIsAGibibyteAtMost(@TempDir Path folder) {
    DiskSpace space = DiskSpace.at(folder);
    assertThat(space.free()).isPositive();
    assertThat(space.reserve()).isBetween(1L, 1L << 30);
  }

  @Test
  void whatADiskDoesNotTellBoundsNothing(@TempDir Path folder) {
    assertThat(DiskSpace.at(folder.resolve("none")).usable()).isEqualTo(Long.MAX_VALUE);
  }
}
