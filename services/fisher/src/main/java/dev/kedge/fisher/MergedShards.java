package dev.kedge.fisher;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.tensors.FisherDiagonal;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.ModelFiles;
import dev.kedge.tensors.SafetensorsFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The shards of an information, put together: their mean, weighted by their samples.
 *
 * @param shards closed with it
 */
record MergedShards(List<SafetensorsFile> shards) implements Prepared {
  /**
   * Opens them.
   *
   * @throws IllegalArgumentException if they are not all shards of one information, each once, or
   *     the spec asks for something beside them
   */
  static MergedShards open(FisherSpec spec, StageContext context) throws IOException {
    requireAlone(spec);
    MergedShards merged = new MergedShards(new ArrayList<>());
    try {
      for (Input shard : spec.getMergeList()) {
        merged.shards.add(
            FisherDiagonal.open(shard.getArtifact(), ModelFiles.in(context.input(shard))));
      }
      requireWhole(merged.shards.stream().map(ShardLabel::of).toList());
      return merged;
    } catch (IOException | RuntimeException e) {
      merged.close();
      throw e;
    }
  }

  private static void requireAlone(FisherSpec spec) {
    List<String> others =
        spec.getAllFields().keySet().stream()
            .map(FieldDescriptor::getName)
            .filter(name -> !name.equals("merge"))
            .toList();
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "`merge` puts shards together as they are, and has %s beside it: leave them out"
              .formatted(others));
    }
  }

  private static void requireWhole(List<ShardLabel> labels) {
    ShardLabel first = labels.get(0);
    if (labels.stream().anyMatch(label -> !label.whole().equals(first.whole()))) {
      throw new IllegalArgumentException(
          "the shards of `merge` are not of one information: they must agree in all of their specs"
              + " but `index`, `threads` and `device`");
    }
    List<Integer> given = labels.stream().map(ShardLabel::index).sorted().toList();
    if (!given.equals(IntStream.range(0, first.count()).boxed().toList())) {
      throw new IllegalArgumentException(
          "`merge` has the shards %s: give each of the %d, from 0, once"
              .formatted(given, first.count()));
    }
  }

  @Override
  public Information compute() throws IOException {
    int samples = shards.stream().mapToInt(MergedShards::samples).sum();
    MemoryTensors mean = new MemoryTensors();
    for (var tensor : shards.get(0).specs().entrySet()) {
      double[] sum = new double[Math.toIntExact(tensor.getValue().elements())];
      for (SafetensorsFile shard : shards) {
        add(sum, shard.floats(tensor.getKey()), (double) samples(shard) / samples);
      }
      mean.put(tensor.getKey(), floats(sum), tensor.getValue().dimensions());
    }
    return new Information(mean, samples);
  }

  @Override
  public void close() throws IOException {
    for (SafetensorsFile shard : shards) {
      shard.close();
    }
  }

  private static int samples(SafetensorsFile shard) {
    return Integer.parseInt(shard.metadata().get(FisherExecutor.SAMPLES));
  }

  private static void add(double[] sum, float[] values, double share) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += share * values[i];
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
