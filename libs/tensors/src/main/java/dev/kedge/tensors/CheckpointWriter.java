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
 * Writes the weights of a model folder as Hugging Face names them: one file, or shards with their
 * index where they are larger than a limit; the classifier in a file of its own. Tensors come in
 * {@linkplain SafetensorsWriter#inFileOrder file order}.
 */
public final class CheckpointWriter implements TensorSink, Closeable {
  /** What Hugging Face's loaders ask of a safetensors file. */
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private final Path folder;
  private final List<SafetensorsWriter> writers = new ArrayList<>();
  private final Map<String, SafetensorsWriter> homes = new TreeMap<>();
  private final Map<String, String> index = new TreeMap<>();
  private final List<String> files = new ArrayList<>();
  private final long modelBytes;

  private CheckpointWriter(Path folder, long modelBytes) {
    this.folder = folder;
    this.modelBytes = modelBytes;
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
    List<TensorSpec> head = specs.stream().filter(spec -> inHead.test(spec.name())).toList();
    List<TensorSpec> model = specs.stream().filter(spec -> !inHead.test(spec.name())).toList();
    long modelBytes = model.stream().mapToLong(TensorSpec::bytes).sum();
    CheckpointWriter writer = new CheckpointWriter(folder, modelBytes);
    try {
      writer.startModel(shards(model, shardBytes));
      if (!head.isEmpty()) {
        writer.start(Checkpoint.HEAD, head);
      }
      return writer;
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /** The names of the files, the index included. */
  public List<String> files() {
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
    if (!index.isEmpty()) {
      ShardIndex.write(folder.resolve(Checkpoint.INDEX), index, modelBytes);
    }
  }

  @Override
  public void close() throws IOException {
    for (SafetensorsWriter writer : writers) {
      writer.close();
    }
  }

  private void startModel(List<List<TensorSpec>> shards) throws IOException {
    if (shards.size() == 1) {
      start(Checkpoint.MODEL, shards.get(0));
      return;
    }
    for (int i = 0; i < shards.size(); i++) {
      String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
      start(name, shards.get(i));
      shards.get(i).forEach(spec -> index.put(spec.name(), name));
    }
    files.add(Checkpoint.INDEX);
  }

  private void start(String name, List<TensorSpec> specs) throws IOException {
    SafetensorsWriter writer = SafetensorsWriter.create(folder.resolve(name), specs, METADATA);
    writers.add(writer);
    files.add(name);
    specs.forEach(spec -> homes.put(spec.name(), writer));
  }

  /** Fills one file after the other; always at least one. */
  private static List<List<TensorSpec>> shards(List<TensorSpec> specs, long limit) {
    List<List<TensorSpec>> shards = new ArrayList<>(List.of(new ArrayList<>()));
    long bytes = 0;
    for (TensorSpec spec : SafetensorsWriter.inFileOrder(specs)) {
      if (bytes > 0 && bytes + spec.bytes() > limit) {
        shards.add(new ArrayList<>());
        bytes = 0;
      }
      shards.get(shards.size() - 1).add(spec);
      bytes += spec.bytes();
    }
    return shards;
  }
}
