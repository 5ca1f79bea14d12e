package dev.kedge.models.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The features that a model which does not change has of everything a run sees, computed once and
 * read from a mapped file: every λ and both kinds of distillation can be taught from one. Features
 * and not logits are kept, since they are smaller where there are many classes or tokens.
 */
public final class FeatureStore {
  private static final String FILE = "features.safetensors";
  private static final String INDEX = "index.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FeatureRows features;
  private final Map<Look, Rows> index;

  /** A sample as it is seen. */
  private record Look(String sample, int view) {
    static Look of(Batch.Sample sample) {
      return new Look(sample.name(), sample.view());
    }
  }

  /** Where its rows are. */
  private record Rows(long first, int count) {}

  private FeatureStore(FeatureRows features, Map<Look, Rows> index) {
    this.features = features;
    this.index = index;
  }

  /**
   * Computes all features.
   *
   * @param folder new; gets the features and an index of them
   * @param done told the number of chunks after each of them
   */
  public static <B extends Batch> void compute(
      Path folder, Learner<B> learner, Weights weights, Views<B> views, IntConsumer done)
      throws IOException {
    Files.createDirectories(folder);
    try (FeatureRows.Writer rows = new FeatureRows.Writer(folder.resolve(FILE), views.rows());
        BufferedWriter index = Files.newBufferedWriter(folder.resolve(INDEX))) {
      for (int chunk = 0; chunk < views.chunks(); chunk++) {
        try (Scope scope = Scope.plain()) {
          B batch = views.at(scope, chunk);
          Tensor features = learner.outputs(scope, weights, batch).features();
          rows.write(features.floats(), Math.toIntExact(features.shape()[1]));
          for (Batch.Sample sample : batch.samples()) {
            index.write(JSON.writeValueAsString(sample) + "\n");
          }
        }
        done.accept(chunk + 1);
      }
      rows.finish();
    }
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
    return new FeatureStore(FeatureRows.open(folder.resolve(FILE)), index);
  }

  /**
   * A batch's features, {@code [rows, width]}.
   *
   * @throws IllegalArgumentException if a sample of it is not there
   */
  Tensor of(Scope scope, Batch batch) {
    int width = features.width();
    float[] values = new float[Math.multiplyExact(batch.weight(), width)];
    int row = 0;
    for (Batch.Sample sample : batch.samples()) {
      features.read(place(sample).first(), sample.rows(), values, row * width);
      row += sample.rows();
    }
    return Tensor.of(scope, values, batch.weight(), width);
  }

  private Rows place(Batch.Sample sample) {
    Rows rows = index.get(Look.of(sample));
    if (rows == null || rows.count() != sample.rows()) {
      throw new IllegalArgumentException(
          "no features are kept of %s; they were computed for other data".formatted(sample));
    }
    return rows;
  }
}
