package dev.kedge.gateway.registry;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.data.source.DiskSpace;
import dev.kedge.gateway.Refusal;
import org.junit.jupiter.api.Test;

class DiskRoomTest {
  @Test
  void whatFitsBesideTheReserveIsTaken() {
    DiskRoom room = new DiskRoom(new DiskSpace(1000, 100));
    assertThatCode(() -> room.require("it", 900)).doesNotThrowAnyException();
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> room.require("the upload", 901))
        .withMessageContaining("the upload takes 901 bytes more")
        .withMessageContaining("where 1,000 are free and 100 of them must stay so");
  }
}
