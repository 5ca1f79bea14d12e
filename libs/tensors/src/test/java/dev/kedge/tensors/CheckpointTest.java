package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path folder;

  @Test
  void shardsAreOneCheckpoint() throws IOException {
    write("one.safetensors", "a", 1);
    write("two.safetensors", "b", 2);
    index("{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}");

    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint.specs()).containsOnlyKeys("a", "b");
      assertThat(checkpoint.floats("a")).containsExactly(1);
      assertThat(checkpoint.floats("b")).containsExactly(2);
    }
  }

  @Test
  void theHeadBelongsToTheCheckpoint() throws IOException {
    write(Checkpoint.MODEL, "a", 1);
    write(Checkpoint.HEAD, "head.weight", 2);

    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint.floats("head.weight")).containsExactly(2);
      assertThat(checkpoint.inHead("head.weight")).isTrue();
      assertThat(checkpoint.inHead("a")).isFalse();
    }
  }

  @Test
  void aFolderWithoutWeightsIsRefused() {
    refused("neither model.safetensors nor model.safetensors.index.json");
  }

  @Test
  void anIndexThatLeadsOutOfTheFolderIsRefused() throws IOException {
    index("{\"weight_map\":{\"a\":\"../secret.safetensors\"}}");
    refused("puts tensor 'a' into '../secret.safetensors'");
  }

  @Test
  void anIndexThatContradictsItsShardsIsRefused() throws IOException {
    write("one.safetensors", "a", 1);
    index("{\"weight_map\":{\"b\":\"one.safetensors\"}}");
    refused("does not agree with one.safetensors on [a, b]");
  }

  @Test
  void anIndexWithATensorTwiceIsRefused() throws IOException {
    index("{\"weight_map\":{\"a\":\"one.safetensors\",\"a\":\"two.safetensors\"}}");
    refused("Duplicate");
  }

  @Test
  void anIndexWithoutAMapIsRefused() throws IOException {
    index("{\"weight_map\":3}");
    refused("has no weight_map");
  }

  @Test
  void aTensorInTwoFilesIsRefused() throws IOException {
    write(Checkpoint.MODEL, "a", 1);
    write(Checkpoint.HEAD, "a", 1);
    refused("is also in model.safetensors");
  }

  private void refused(String complaint) {
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(MalformedTensorsException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(complaint);
  }

  private void index(String json) throws IOException {
    Files.writeString(folder.resolve(Checkpoint.INDEX), json);
  }

  private void write(String file, String tensor, float value) throws IOException {
    SafetensorsWriter.write(
        folder.resolve(file), new MemoryTensors().put(tensor, new float[] {value}, 1), Map.of());
  }
}
