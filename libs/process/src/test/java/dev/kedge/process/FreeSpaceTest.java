package dev.kedge.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeSpaceTest {
  @Test
  void aFolderThatIsYetToBeMadeHasTheSpaceOfTheDiskItWillBeOn(@TempDir Path folder) {
    assertThat(FreeSpace.at(folder.resolve("a/b"))).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tmp/x: No space left on device",
        "inline_container.cc: write failed: no space left on device",
        "Disk quota exceeded"
      })
  void aFullDiskIsKnownByTheSystemsWords(String said) {
    assertThat(FreeSpace.ranOut(new UncheckedIOException(new IOException(said)))).isTrue();
    assertThat(FreeSpace.ranOut(new IllegalStateException(said))).isTrue();
  }

  @Test
  void causesThatGoRoundHaveAnEnd() {
    IOException one = new IOException("one");
    one.initCause(new IOException("other", one));
    assertThat(FreeSpace.ranOut(one)).isFalse();
  }

  @Test
  void whatSaysNothingOrSomethingElseIsNone() {
    assertThat(FreeSpace.ranOut(new IOException())).isFalse();
    assertThat(FreeSpace.ranOut(new IOException("Connection reset"))).isFalse();
  }
}
