package dev.kedge.cli.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.cli.UserMistakeException;
import dev.kedge.cli.file.MergeFile;
import dev.kedge.tensors.Materialisation;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system that is as small as a full one; only root can make one. */
class FullDiskTest {
  private static final int MEGABYTE = 1_000_000;
  private static final int DISK_MEGABYTES = 16;

  @TempDir Path home;
  private Path disk;

  @BeforeEach
  void twoModelsAndASmallDisk() throws IOException, InterruptedException {
    model("base", 2 * MEGABYTE);
    model("tuned", 2 * MEGABYTE);
    disk = Files.createDirectories(home.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=%dm".formatted(DISK_MEGABYTES), "none", "" + disk),
        "no file system can be mounted here, so a full disk cannot be tried");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    run("umount", disk.toString());
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeTheFirstByteByItsSizeInBytes() throws IOException {
    Files.write(disk.resolve("others"), new byte[9 * MEGABYTE]);

    assertThatThrownBy(() -> merge((done, of) -> assertThat(done).as("written").isZero()))
        .isInstanceOf(UserMistakeException.class)
        .hasMessageContaining("out needs 8,000,002 bytes, but only 7,")
        .hasMessageContaining("make room");
    assertThat(disk).isDirectoryNotContaining("glob:**/out*");
  }

  @Test
  void aDiskThatBecomesFullIsToldAndNothingIsKept() {
    assertThatThrownBy(() -> merge((done, of) -> fill()))
        .isInstanceOf(UserMistakeException.class)
        .hasMessageContaining("became full, and nothing was kept: make room");
    assertThat(disk).isDirectoryNotContaining("glob:**/out*");
  }

  /** Others write meanwhile. */
  private void fill() {
    if (Files.exists(disk.resolve("others"))) {
      return;
    }
    try (var out = Files.newOutputStream(disk.resolve("others"))) {
      for (int i = 0; i < DISK_MEGABYTES * 16; i++) {
        out.write(new byte[MEGABYTE / 16]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private void merge(Materialisation.Progress progress) throws IOException {
    Path file =
        Files.writeString(
            home.resolve("merge.yaml"),
            "recipe: {wise_ft: {base: base, tuned: tuned, alpha: 0.5}}\n");
    new LocalMerge(MergeFile.read(file), LocalMerge.SHARD_BYTES, 1)
        .into(disk.resolve("out"), progress);
  }

  private void model(String name, int elements) throws IOException {
    Path folder = Files.createDirectories(home.resolve(name));
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"),
        new MemoryTensors().put("w", new float[elements], elements),
        Map.of());
    Files.writeString(folder.resolve("config.json"), "{}");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
