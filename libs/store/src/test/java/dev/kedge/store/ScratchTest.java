package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  private static final long OWN = ProcessHandle.current().pid();

  @TempDir private Path directory;

  private Path left(String folder) throws IOException {
    Path part = directory.resolve(folder).resolve("stage-1/model.safetensors.part");
    Files.createDirectories(part.getParent());
    return Files.writeString(part, "half of it");
  }

  @Test
  void whatADeadProcessLeftGoesAlsoIfItHadTheSameNumber() throws IOException {
    Path ofAnother = left("process-" + deadProcess());
    Path ofTheSameNumber = left("process-" + OWN);

    Path own = Scratch.under(directory);

    assertThat(own).isEmptyDirectory();
    assertThat(ofAnother).doesNotExist();
    assertThat(ofTheSameNumber).doesNotExist();
  }

  @Test
  void whatThisProcessHasStaysAndWhatALivingOneHas() throws IOException {
    Scratch.under(directory);
    Path ofThis = left("process-" + OWN);
    Path ofTheFirst = left("process-" + ProcessHandle.current().parent().orElseThrow().pid());

    Scratch.under(directory);

    assertThat(ofThis).exists();
    assertThat(ofTheFirst).exists();
  }

  @Test
  void whatIsNotOfAProcessStays() throws IOException {
    Path years = left("2026");
    Path names = left("process-control");

    Scratch.under(directory);

    assertThat(years).exists();
    assertThat(names).exists();
  }

  private static long deadProcess() throws IOException {
    try {
      Process process = new ProcessBuilder("true").start();
      process.waitFor();
      return process.pid();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
