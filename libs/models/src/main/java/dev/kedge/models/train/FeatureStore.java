package dev.kedge.models.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.DType;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSpec;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The features that a model which does not change has of everything a run sees, computed once and
 * read from a mapped file: every λ and both kinds of distillation can be taught from one. Features
 * and not logits are kept, since they are smaller where there are many classes or tokens.
 */
public final class FeatureStore implements Closeable {
  private static final String FEATURES = "features";
  private static final String FILE = "features.safetensors";
  private static final String INDEX = "index.jsonl";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SafetensorsFile file;
  private final Map<Look, Rows> index;
  private final int width;

  /** A sample as it is seen. */
  private record Look(String sample, int view) {
    static Look of(Batch.Sample sample) {
      return new Look(sample.name(), sample.view());
    }
  }

  /** Where its rows are. */
  private record Rows(long first, int count) {}

  private FeatureStore(SafetensorsFile file, Map<Look, Rows> index) {
    this.file = file;
    this.index = index;
    this.width = Math.toIntExact(file.spec(FEATURES).dimensions()[1]);
  }

  /**
   * Computes all features.
   *
   * @param folder new; gets the features and an index of them
   * @param width of a feature
   * @param done told the number of chunks after each of them
   */
  public static <B extends Batch> void compute(
      Path folder, Learner<B> learner, Weights weights, Views<B> views, int width, IntConsumer done)
      throws IOException {
    Files.createDirectories(folder);
    TensorSpec spec = TensorSpec.of(FEATURES, DType.F32, views.rows(), width);
    try (SafetensorsWriter features =
            SafetensorsWriter.create(folder.resolve(FILE), List.of(spec), Map.of());
        BufferedWriter index = Files.newBufferedWriter(folder.resolve(INDEX))) {
      for (int chunk = 0; chunk < views.chunks(); chunk++) {
        try (Scope scope = Scope.plain()) {
          B batch = views.at(scope, chunk);
          Tensor rows = learner.outputs(scope, weights, batch).features();
          features.write(FEATURES, bytes(rows.floats()));
          for (Batch.Sample sample : batch.samples()) {
            index.write(JSON.writeValueAsString(sample) + "\n");
          }
        }
        done.accept(chunk + 1);
      }
      features.finish();
    }
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  /** Opens a folder that {@link #compute} made. */
  public static FeatureStore open(Path folder) throws IOException {
    Map<Look, Rows> index = new HashMap<>();
    long next = 0;
    for (String line : Files.readAllLines(folder.resolve(INDEX))) {
      Batch.Sample sample = JSON.readValue(line, Batch.Sample.class);
      index.put(Look.of(sample), new Rows(next, sample.rows()));
      next += sample.rows();
    }
    return new FeatureStore(SafetensorsFile.open(folder.resolve(FILE)), index);
  }

  /**
   * A batch's features, {@code [rows, width]}.
   *
   * @throws IllegalArgumentException if a sample of it is not there
   */
  Tensor of(Scope scope, Batch batch) {
    ByteBuffer all =
        ByteBuffer.allocate(Math.multiplyExact(batch.weight() * width, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Batch.Sample sample : batch.samples()) {
      read(sample, all);
    }
    float[] values = new float[batch.weight() * width];
    all.flip().asFloatBuffer().get(values);
    return Tensor.of(scope, values, batch.weight(), width);
  }

  private void read(Batch.Sample sample, ByteBuffer into) {
    Rows rows = index.get(Look.of(sample));
    if (rows == null || rows.count() != sample.rows()) {
      throw new IllegalArgumentException(
          "no features are kept of %s; they were computed for other data".formatted(sample));
    }
    int bytes = rows.count() * width * Float.BYTES;
    try {
      file.read(FEATURES, rows.first() * width * Float.BYTES, into.slice(into.position(), bytes));
      into.position(into.position() + bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
