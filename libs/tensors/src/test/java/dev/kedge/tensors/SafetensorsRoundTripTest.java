package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsRoundTripTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsWrittenIsRead(long seed) throws IOException {
    MemoryTensors tensors = randomTensors(new Random(seed));
    Map<String, String> metadata = Map.of("format", "pt", "näme", "\"quoted\"\n");
    Path path = folder.resolve("a.safetensors");

    SafetensorsWriter.write(path, tensors, metadata);

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.metadata()).isEqualTo(metadata);
      assertThat(file.specs()).isEqualTo(tensors.specs());
      for (String name : tensors.specs().keySet()) {
        assertThat(file.bytes(name)).isEqualTo(tensors.bytes(name));
      }
    }
  }

  @Test
  void equalTensorsAreEqualBytesWhateverTheOrderTheyCameIn() throws IOException {
    float[] values = {1, 2, 3, 4};
    MemoryTensors oneWay = new MemoryTensors().put("a", values, 4).put("b", values, 2, 2);
    MemoryTensors otherWay = new MemoryTensors().put("b", values, 2, 2).put("a", values, 4);

    assertThat(written(oneWay)).isEqualTo(written(otherWay));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "bf16/v1", "merged/uniform_soup"})
  void theBytesAreThoseOfTheReferenceLibrary(String golden) throws IOException {
    Path copy = folder.resolve("copy.safetensors");
    try (SafetensorsFile original = SafetensorsFile.open(Golden.merge(golden))) {
      SafetensorsWriter.write(copy, original, original.metadata());
    }

    assertThat(copy).hasSameBinaryContentAs(Golden.merge(golden));
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "F16", "BF16"})
  void floatsAreReadAcrossTheEdgesOfChunks(DType dtype) throws IOException {
    int count = Chunk.LIMIT * 2 + 3;
    ByteBuffer bytes = ByteBuffer.allocate(count * dtype.bytes());
    float[] small = new float[count];
    for (int i = 0; i < count; i++) {
      small[i] = i % 251;
    }
    dtype.encode(small, count, bytes);
    Path path = folder.resolve("large.safetensors");
    TensorSpec spec = TensorSpec.of("w", dtype, count);
    SafetensorsWriter.write(path, new MemoryTensors().put(spec, bytes.flip()), Map.of());

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.floats("w")).isEqualTo(small);
    }
  }

  @Test
  void aTensorThatIsNotDueIsRefused() throws IOException {
    List<TensorSpec> specs =
        List.of(TensorSpec.of("a", DType.F32, 2), TensorSpec.of("b", DType.F32, 2));
    try (SafetensorsWriter writer =
        new SafetensorsWriter(
            Channels.newChannel(Files.newOutputStream(folder.resolve("x"))), specs, Map.of())) {
      writer.write("a", ByteBuffer.allocate(4));
      assertThatThrownBy(() -> writer.write("b", ByteBuffer.allocate(8)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("due is 'a'");
      assertThatThrownBy(writer::finish).hasMessageContaining("due is 'a'");
      assertThatThrownBy(() -> writer.write("a", ByteBuffer.allocate(8)))
          .hasMessageContaining("4 bytes left");
    }
  }

  private byte[] written(TensorSource tensors) throws IOException {
    Path path = folder.resolve("written.safetensors");
    SafetensorsWriter.write(path, tensors, Map.of());
    return Files.readAllBytes(path);
  }

  private static MemoryTensors randomTensors(Random random) {
    MemoryTensors tensors = new MemoryTensors();
    DType[] dtypes = DType.values();
    for (int i = random.nextInt(12); i >= 0; i--) {
      List<Long> shape = new ArrayList<>();
      for (int rank = random.nextInt(4); rank > 0; rank--) {
        shape.add((long) random.nextInt(6));
      }
      String name = "tensor." + random.nextInt(1_000_000) + "." + i;
      TensorSpec spec = new TensorSpec(name, dtypes[random.nextInt(dtypes.length)], shape);
      byte[] bytes = new byte[(int) spec.bytes()];
      random.nextBytes(bytes);
      tensors.put(spec, ByteBuffer.wrap(bytes));
    }
    return tensors;
  }
}
