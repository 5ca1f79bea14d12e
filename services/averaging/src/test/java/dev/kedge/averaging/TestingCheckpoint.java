package dev.kedge.averaging;

import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A checkpoint of three numbers, with the files that a training leaves beside them. */
final class TestingCheckpoint {
  private TestingCheckpoint() {}

  /** Weights w = (shift, 2 + shift) and head.bias = 10 + shift. */
  static Path write(Path folder, float shift) throws IOException {
    Files.createDirectories(folder);
    SafetensorsWriter.write(
        folder.resolve(Checkpoint.MODEL),
        new MemoryTensors().put("w", new float[] {shift, 2 + shift}, 2),
        Map.of());
    SafetensorsWriter.write(
        folder.resolve(Checkpoint.HEAD),
        new MemoryTensors().put("head.bias", new float[] {10 + shift}, 1),
        Map.of());
    Files.writeString(folder.resolve("config.json"), "{}");
    Files.writeString(folder.resolve("head.json"), "[\"dog\"]");
    Files.writeString(folder.resolve("training-trace.json"), "[" + shift + "]");
    return folder;
  }
}
