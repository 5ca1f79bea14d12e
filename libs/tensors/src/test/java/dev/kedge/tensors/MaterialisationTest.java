package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaterialisationTest {
  private static final Recipe HALF = wise("base", "tuned", 0.5);

  @TempDir Path folder;

  @Test
  void aFileHoldsWhatReadingUnderTheRecipeGives() throws IOException {
    try (Models models = new Models()) {
      Map<String, SafetensorsFile> open = models.open();
      List<Recipe> recipes = new ArrayList<>();
      for (double alpha : new double[] {0, 0.1, 0.7, 1}) {
        recipes.add(wise("bf16/base", "bf16/v1", alpha));
      }

      List<Path> files = write(recipes, open, 1);

      for (int i = 0; i < files.size(); i++) {
        assertHolds(files.get(i), RecipeTensors.of(recipes.get(i), open));
      }
    }
  }

  @Test
  void tensorsLargerThanAChunkAreWhole() throws IOException {
    int size = Chunk.LIMIT + 17;
    float[] ramp = new float[size];
    for (int i = 0; i < size; i++) {
      ramp[i] = i;
    }
    Map<String, TensorSource> models =
        Map.of(
            "base", new MemoryTensors().put("w", new float[size], size),
            "tuned", new MemoryTensors().put("w", ramp, size));

    Path path = write(List.of(HALF), models, 1).get(0);

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      float[] half = file.floats("w");
      for (int i = 0; i < size; i++) {
        assertThat(half[i]).isEqualTo(i * 0.5f);
      }
      assertHolds(path, RecipeTensors.of(HALF, models));
    }
  }

  @Test
  void theEndsOfAlphaAreBitForBit() throws IOException {
    Map<String, TensorSource> models =
        Map.of(
            "base", new MemoryTensors().put("w", new float[] {-0.0f, 0x1p-149f}, 2),
            "tuned", new MemoryTensors().put("w", new float[] {1, Float.MAX_VALUE}, 2));

    assertThat(RecipeTensors.of(wise("base", "tuned", 0), models).bytes("w"))
        .isEqualTo(models.get("base").bytes("w"));
    assertThat(RecipeTensors.of(wise("base", "tuned", 1), models).bytes("w"))
        .isEqualTo(models.get("tuned").bytes("w"));
  }

  @Test
  void anEnlargedModelKeepsTheSignOfItsZeros() throws IOException {
    Map<String, TensorSource> models =
        Map.of("a", new MemoryTensors().put("w", new float[] {-0.0f, 3}, 2));
    Recipe doubled = new Recipe.Linear(List.of(new Recipe.Term(new Recipe.Stored("a"), 2)), false);

    assertThat(RecipeTensors.of(doubled, models).floats("w")).containsExactly(-0.0f, 6);
  }

  @Test
  void equalIntegersAreKept() throws IOException {
    Map<String, TensorSource> models = Map.of("base", integers(3), "tuned", integers(3));

    assertThat(RecipeTensors.of(HALF, models).bytes("ids").getInt(0)).isEqualTo(3);
  }

  @Test
  void everyMismatchIsReportedBeforeAByteIsWritten() {
    Map<String, TensorSource> models = new HashMap<>();
    models.put(
        "base",
        integers(1)
            .put("only.base", new float[1], 1)
            .put("shape", new float[2], 2)
            .put("dtype", new float[1], 1));
    models.put(
        "tuned",
        integers(2)
            .put("only.tuned", new float[1], 1)
            .put("shape", new float[2], 2, 1)
            .put(TensorSpec.of("dtype", DType.BF16, 1), ByteBuffer.allocate(2)));

    assertThatThrownBy(() -> Materialisation.of(List.of(HALF), models, null))
        .isInstanceOfSatisfying(
            MismatchedCheckpointsException.class,
            e ->
                assertThat(e.mismatches())
                    .containsExactly(
                        "'dtype' is F32 [1] in base but BF16 [1] in tuned",
                        "'ids' holds I32 numbers that differ between base and tuned",
                        "'only.base' is missing in tuned",
                        "'only.tuned' is missing in base",
                        "'shape' is F32 [2] in base but F32 [2, 1] in tuned"));
  }

  @Test
  void aNanIsFoundAndNamed() throws IOException {
    Map<String, TensorSource> models =
        Map.of(
            "base", new MemoryTensors().put("w", new float[3], 3),
            "tuned", new MemoryTensors().put("w", new float[] {1, 2, Float.NaN}, 3));

    RecipeTensors tensors = RecipeTensors.of(HALF, models);
    assertThatThrownBy(() -> tensors.floats("w"))
        .isInstanceOf(NonFiniteTensorException.class)
        .hasMessageContaining("tensor 'w' [3] is NaN at element 2")
        .hasMessageContaining("tuned");
  }

  @Test
  void aSumTooLargeForItsTypeIsFoundAndNamed() throws IOException {
    ByteBuffer large = ByteBuffer.allocate(2);
    DType.F16.encode(new float[] {60000}, 1, large);
    TensorSpec spec = TensorSpec.of("w", DType.F16, 1);
    Map<String, TensorSource> models = Map.of("a", new MemoryTensors().put(spec, large.flip()));
    Recipe doubled = new Recipe.Linear(List.of(new Recipe.Term(new Recipe.Stored("a"), 2)), false);

    RecipeTensors tensors = RecipeTensors.of(doubled, models);
    assertThatThrownBy(() -> tensors.floats("w"))
        .hasMessageContaining("120000.0 at element 0, which F16 cannot hold");
    assertThat(RecipeTensors.of(doubled, models, DType.F32).floats("w")).containsExactly(120000);
  }

  @Test
  void aCheckpointThatWasNotGivenIsNamed() {
    assertThatThrownBy(() -> RecipeTensors.of(HALF, Map.of("base", new MemoryTensors())))
        .hasMessageContaining("needs tuned");
  }

  private void assertHolds(Path path, TensorSource expected) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.specs()).isEqualTo(expected.specs());
      for (String name : expected.specs().keySet()) {
        assertThat(file.bytes(name)).as(name).isEqualTo(expected.bytes(name));
      }
    }
  }

  private List<Path> write(
      List<Recipe> recipes, Map<String, ? extends TensorSource> models, int threads)
      throws IOException {
    Materialisation work = Materialisation.of(recipes, models, null);
    List<Path> paths = new ArrayList<>();
    List<SafetensorsWriter> writers = new ArrayList<>();
    for (int i = 0; i < recipes.size(); i++) {
      paths.add(folder.resolve(threads + "threads" + i + ".safetensors"));
      writers.add(SafetensorsWriter.create(paths.get(i), work.specs().values(), Map.of()));
    }
    work.write(writers, threads, (made, total) -> assertThat(made).isLessThanOrEqualTo(total));
    for (SafetensorsWriter writer : writers) {
      writer.finish();
      writer.close();
    }
    return paths;
  }

  private static Recipe wise(String base, String tuned, double alpha) {
    return new Recipe.WiseFt(new Recipe.Stored(base), new Recipe.Stored(tuned), alpha);
  }

  private static MemoryTensors integers(int value) {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    return new MemoryTensors().put(TensorSpec.of("ids", DType.I32, 1), bytes.putInt(value).flip());
  }
}
