package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointWriterTest {
  private static final TensorSource TENSORS =
      new MemoryTensors()
          .put("a", new float[] {1, 2}, 2)
          .put("b", new float[] {3}, 1)
          .put("c", new float[] {4, 5, 6, 7}, 4)
          .put("head.weight", new float[] {8}, 1);

  @TempDir Path folder;

  @Test
  void weightsOverTheLimitAreShardedAndOpenAsOne() throws IOException {
    try (CheckpointWriter writer = writer(12)) {
      write(writer);

      assertThat(writer.files())
          .containsExactly(
              "model-00001-of-00002.safetensors",
              "model-00002-of-00002.safetensors",
              "head.safetensors",
              "model.safetensors.index.json");
    }
    assertHoldsAll();
  }

  @Test
  void weightsUnderTheLimitAreOneFile() throws IOException {
    try (CheckpointWriter writer = writer(28)) {
      write(writer);

      assertThat(writer.files()).containsExactly("model.safetensors", "head.safetensors");
    }
    assertHoldsAll();
  }

  @Test
  void aTensorThatIsMissingIsNamed() throws IOException {
    try (CheckpointWriter writer = writer(28)) {
      assertThatThrownBy(writer::finish).hasMessageContaining("'a'");
    }
  }

  private CheckpointWriter writer(long limit) throws IOException {
    return CheckpointWriter.create(
        folder, TENSORS.specs().values(), name -> name.startsWith("head."), limit);
  }

  private static void write(CheckpointWriter writer) throws IOException {
    for (TensorSpec spec : SafetensorsWriter.inFileOrder(TENSORS.specs().values())) {
      writer.write(spec.name(), TENSORS.bytes(spec.name()));
    }
    writer.finish();
  }

  private void assertHoldsAll() throws IOException {
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint.specs()).isEqualTo(TENSORS.specs());
      assertThat(checkpoint.floats("c")).containsExactly(4, 5, 6, 7);
      assertThat(checkpoint.inHead("head.weight")).isTrue();
      assertThat(checkpoint.inHead("a")).isFalse();
    }
  }
}
