package dev.kedge.tensors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Writes the weights of a model folder, all files of its {@link CheckpointLayout} at once. Tensors
 * come in {@linkplain SafetensorsWriter#inFileOrder file order}.
 */
public final class CheckpointWriter implements TensorSink, Closeable {
  private final Path folder;
  private final CheckpointLayout layout;
  private final List<SafetensorsWriter> writers = new ArrayList<>();
  private final Map<String, SafetensorsWriter> homes = new TreeMap<>();

  private CheckpointWriter(Path folder, CheckpointLayout layout) {
    this.folder = folder;
    this.layout = layout;
  }

  /**
   * Starts all files.
   *
   * @param folder is there
   * @param specs all tensors that will follow
   * @param inHead which of them belong to the classifier
   * @param shardBytes what one file's tensors may take; a larger tensor has a file of its own
   */
  public static CheckpointWriter create(
      Path folder, Collection<TensorSpec> specs, Predicate<String> inHead, long shardBytes)
      throws IOException {
    CheckpointLayout layout = CheckpointLayout.of(specs, inHead, shardBytes);
    CheckpointWriter writer = new CheckpointWriter(folder, layout);
    try {
      for (Map.Entry<String, List<TensorSpec>> file : layout.files().entrySet()) {
        writer.start(file.getKey(), file.getValue());
      }
      return writer;
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /** The names of the files, the index included. */
  public List<String> files() {
    List<String> files = new ArrayList<>(layout.files().keySet());
    if (layout.isSharded()) {
      files.add(Checkpoint.INDEX);
    }
    return List.copyOf(files);
  }

  @Override
  public void write(String tensor, ByteBuffer bytes) throws IOException {
    homes.get(tensor).write(tensor, bytes);
  }

  /**
   * States that all has been written.
   *
   * @throws IllegalStateException if something is missing
   */
  public void finish() throws IOException {
    writers.forEach(SafetensorsWriter::finish);
    if (layout.isSharded()) {
      layout.writeIndex(folder);
    }
  }

  @Override
  public void close() throws IOException {
    for (SafetensorsWriter writer : writers) {
      writer.close();
    }
  }

  private void start(String name, List<TensorSpec> specs) throws IOException {
    SafetensorsWriter writer =
        SafetensorsWriter.create(folder.resolve(name), specs, CheckpointLayout.METADATA);
    writers.add(writer);
    specs.forEach(spec -> homes.put(spec.name(), writer));
  }
}
