package dev.kedge.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.DType;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSpec;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Averages of several files, and of more bytes than the memory has. */
class LargeAverageTest {
  private static final String BASE = "sha256:base";
  private static final String TUNED = "sha256:tuned";
  private static final String FIRST = "model-00001-of-00003.safetensors";

  @TempDir Path disk;
  private TestingContext context;

  @BeforeEach
  void threeTensors() throws IOException {
    context = new TestingContext(Files.createDirectory(disk.resolve("scratch")));
    context.artifacts.put(BASE, checkpoint("base", 0));
    context.artifacts.put(TUNED, checkpoint("tuned", 1));
  }

  @Test
  void manyWeightsAreSeveralFilesThatOpenAsOne() throws IOException {
    SortedMap<String, Path> files = run(context).files();

    assertThat(files)
        .containsOnlyKeys(
            FIRST,
            "model-00002-of-00003.safetensors",
            "model-00003-of-00003.safetensors",
            "model.safetensors.index.json",
            "config.json",
            "recipe.json");
    try (Checkpoint checkpoint = Checkpoint.open(gathered(files))) {
      assertThat(checkpoint.floats("c")).containsExactly(0.5f, 2.5f);
    }
  }

  @Test
  void anInterruptedAverageGoesOnWithTheFileThatIsMissing() throws IOException {
    context.stopWhen(() -> context.parts.size() == 1);
    assertThatThrownBy(() -> run(context)).isInstanceOf(StageStopped.class);
    TestingContext later = context.next(Files.createDirectory(disk.resolve("later")));
    Path saved = later.parts.values().iterator().next();

    SortedMap<String, Path> files = run(later).files();

    assertThat(files.get(FIRST)).isEqualTo(saved.resolve(FIRST));
    assertThat(later.parts).hasSize(3);
    TestingContext fresh = later.next(Files.createDirectory(disk.resolve("fresh")));
    fresh.parts.clear();
    SortedMap<String, Path> undisturbed = run(fresh).files();
    undisturbed.forEach((name, file) -> assertThat(files.get(name)).hasSameBinaryContentAs(file));
  }

  @Test
  void memoryIsBoundedWhateverTheSize() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:MaxDirectMemorySize=48m",
                "-cp",
                System.getProperty("java.class.path"),
                LargeAverageTest.class.getName(),
                disk.resolve("large").toString())
            .redirectErrorStream(true)
            .redirectOutput(disk.resolve("log").toFile())
            .start();

    assertThat(process.waitFor()).as(Files.readString(disk.resolve("log"))).isZero();
  }

  /** Averages two checkpoints of 200 MB, with so little memory as the test allows. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    TestingContext context = new TestingContext(Files.createDirectories(folder.resolve("scratch")));
    context.artifacts.put(BASE, large(folder.resolve("base")));
    context.artifacts.put(TUNED, large(folder.resolve("tuned")));
    new AverageExecutor().execute(Recipes.spec(Recipes.wiseFt(BASE, TUNED, 0.5)), context);
  }

  private static Path large(Path folder) throws IOException {
    Files.createDirectories(folder);
    TensorSpec spec = TensorSpec.of("w", DType.F32, 50_000_000);
    ByteBuffer part = ByteBuffer.allocate(1 << 20);
    try (SafetensorsWriter writer =
        SafetensorsWriter.create(folder.resolve(Checkpoint.MODEL), List.of(spec), Map.of())) {
      for (long left = spec.bytes(); left > 0; left -= part.limit()) {
        part.clear().limit((int) Math.min(left, part.capacity()));
        writer.write("w", part);
      }
      writer.finish();
    }
    return folder;
  }

  private Path checkpoint(String name, float shift) throws IOException {
    Path folder = Files.createDirectories(disk.resolve(name));
    float[] values = {shift, 2 + shift};
    SafetensorsWriter.write(
        folder.resolve(Checkpoint.MODEL),
        new MemoryTensors().put("a", values, 2).put("b", values, 2).put("c", values, 2),
        Map.of());
    Files.writeString(folder.resolve("config.json"), "{}");
    return folder;
  }

  private Path gathered(SortedMap<String, Path> files) throws IOException {
    Path folder = Files.createDirectory(disk.resolve("gathered"));
    for (Map.Entry<String, Path> file : files.entrySet()) {
      Files.copy(file.getValue(), folder.resolve(file.getKey()));
    }
    return folder;
  }

  private static StageOutput.NewFiles run(TestingContext context) throws IOException {
    return (StageOutput.NewFiles)
        new AverageExecutor(8).execute(Recipes.spec(Recipes.wiseFt(BASE, TUNED, 0.5)), context);
  }
}
