package dev.kedge.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.gateway.Refusal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {
  @Test
  void whatFitsBesideTheReserveIsTaken() {
    DiskRoom room = new DiskRoom(1000, 100);
    assertThatCode(() -> room.require("it", 900)).doesNotThrowAnyException();
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> room.require("the upload", 901))
        .withMessageContaining("the upload takes 901 bytes more")
        .withMessageContaining("where 1,000 are free and 100 of them must stay so");
  }

  @Test
  void theReserveOfARealDiskIsAGibibyteAtMost(@TempDir Path folder) {
    DiskRoom room = DiskRoom.at(folder);
    assertThat(room.free()).isPositive();
    assertThat(room.reserve()).isBetween(1L, 1L << 30);
  }
}
