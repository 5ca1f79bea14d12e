package dev.kedge.data.source;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UnpackedSizeTest {
  @Test
  void whatTheDiskHasNoRoomForIsLeftInTheMidst() {
    UnpackedSize size = new UnpackedSize(Path.of("a.tar.gz"), 1000, 100);
    assertThatCode(() -> size.add(60)).doesNotThrowAnyException();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> size.add(60))
        .withMessageContaining("no space left for 'a.tar.gz', which unpacks to more than the 100")
        .withMessageContaining("make room");
  }
}
