package dev.kedge.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.stage.StageStopped;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Averages of several files. */
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
    SortedMap<String, Path> files = run(context);

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

    SortedMap<String, Path> files = run(later);

    assertThat(files.get(FIRST)).isEqualTo(saved.resolve(FIRST));
    assertThat(later.progress.get(0).getDone()).isEqualTo(8);
    assertThat(later.parts).hasSize(3);
    TestingContext fresh = later.next(Files.createDirectory(disk.resolve("fresh")));
    fresh.parts.clear();
    SortedMap<String, Path> undisturbed = run(fresh);
    undisturbed.forEach((name, file) -> assertThat(files.get(name)).hasSameBinaryContentAs(file));
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

  private static SortedMap<String, Path> run(TestingContext context) throws IOException {
    return context
        .stored()
        .files(
            new AverageExecutor(8)
                .execute(Recipes.spec(Recipes.wiseFt(BASE, TUNED, 0.5)), context));
  }
}
