package dev.kedge.standalone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path folder;

  @Test
  void aFolderInUseIsRefusedWithTheProcessThatHasIt() throws IOException {
    Path state = folder.resolve("state");
    try (DataFolder taken = DataFolder.take(state)) {
      assertThatThrownBy(() -> DataFolder.take(taken.path()))
          .hasMessageContaining(state.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("--data");
    }
    assertThatCode(() -> DataFolder.take(state).close()).doesNotThrowAnyException();
  }

  @Test
  void whatAKilledProcessLeftBehindHoldsNobodyUp() throws IOException {
    Files.writeString(folder.resolve("lock"), "4711\n");

    assertThatCode(() -> DataFolder.take(folder).close()).doesNotThrowAnyException();
  }
}
