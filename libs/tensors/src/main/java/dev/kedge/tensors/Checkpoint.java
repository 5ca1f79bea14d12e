package dev.kedge.tensors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All weights of a model folder as one: {@code model.safetensors} or the shards of {@code
 * model.safetensors.index.json}, and {@code head.safetensors} where a classifier lies beside them.
 */
public final class Checkpoint implements TensorSource, Closeable {
  /** The weights of a model that fits one file. */
  public static final String MODEL = "model.safetensors";

  /** Where each tensor of a sharded model lies. */
  public static final String INDEX = "model.safetensors.index.json";

  /** The classifier trained with the model. */
  public static final String HEAD = "head.safetensors";

  private final ModelFiles where;
  private final List<SafetensorsFile> files = new ArrayList<>();
  private final Map<String, SafetensorsFile> homes = new TreeMap<>();
  private final Map<String, TensorSpec> specs = new TreeMap<>();

  private Checkpoint(ModelFiles where) {
    this.where = where;
  }

  /**
   * Opens every weight file of a folder.
   *
   * @throws MalformedTensorsException if there are none, one breaks the format, or index and shards
   *     contradict each other
   */
  public static Checkpoint open(Path folder) throws IOException {
    return open(ModelFiles.in(folder));
  }

  /** Opens every weight file of a model that may lie anywhere. */
  public static Checkpoint open(ModelFiles files) throws IOException {
    Checkpoint checkpoint = new Checkpoint(files);
    try {
      checkpoint.addModel();
      if (files.has(HEAD)) {
        checkpoint.add(HEAD);
      }
      return checkpoint;
    } catch (IOException | RuntimeException e) {
      checkpoint.close();
      throw e;
    }
  }

  @Override
  public Map<String, TensorSpec> specs() {
    return Collections.unmodifiableMap(specs);
  }

  /** Whether the tensor belongs to the classifier, not to the model itself. */
  public boolean inHead(String name) {
    return home(name).path().endsWith(HEAD);
  }

  @Override
  public void read(String name, long from, ByteBuffer into) throws IOException {
    home(name).read(name, from, into);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    return home(name).bytes(name);
  }

  @Override
  public void close() throws IOException {
    for (SafetensorsFile file : files) {
      file.close();
    }
  }

  private SafetensorsFile home(String name) {
    return homes.get(spec(name).name());
  }

  private void addModel() throws IOException {
    if (where.has(MODEL)) {
      add(MODEL);
    } else if (where.has(INDEX)) {
      addShards(ShardIndex.read(where));
    } else {
      throw MalformedTensorsException.of(
          where.path(""),
          "there is neither " + MODEL + " nor " + INDEX,
          "give a Hugging Face folder with safetensors weights");
    }
  }

  private void addShards(ShardIndex index) throws IOException {
    for (String shard : index.namesByShard().keySet()) {
      index.check(add(shard));
    }
  }

  private SafetensorsFile add(String name) throws IOException {
    SafetensorsFile file = SafetensorsFile.open(where.path(name), where.open(name));
    files.add(file);
    for (TensorSpec spec : file.specs().values()) {
      SafetensorsFile other = homes.putIfAbsent(spec.name(), file);
      if (other != null) {
        throw MalformedTensorsException.of(
            file.path(),
            "tensor '%s' is also in %s".formatted(spec.name(), other.path().getFileName()),
            "keep it in one file only");
      }
      specs.put(spec.name(), spec);
    }
    return file;
  }
}
