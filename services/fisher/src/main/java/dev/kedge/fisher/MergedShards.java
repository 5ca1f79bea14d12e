package dev.kedge.fisher;

import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The shards of an information, put together: their mean, weighted by their samples. */
record MergedShards(FisherSpec spec, StageContext context) {
  /**
   * Computes it.
   *
   * @throws IllegalArgumentException if the shards are not of one model
   */
  Information compute() throws IOException {
    List<SafetensorsFile> shards = new ArrayList<>();
    try {
      for (Input shard : spec.getMergeList()) {
        shards.add(SafetensorsFile.open(context.input(shard).resolve(FisherExecutor.FILE)));
      }
      return compute(shards);
    } finally {
      for (SafetensorsFile shard : shards) {
        shard.close();
      }
    }
  }

  private static Information compute(List<SafetensorsFile> shards) throws IOException {
    shards.forEach(shard -> requireSame(shards.get(0), shard));
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

  private static void requireSame(SafetensorsFile first, SafetensorsFile other) {
    if (!other.specs().equals(first.specs())) {
      throw new IllegalArgumentException(
          "the shards are of different models: %s against %s"
              .formatted(first.specs().keySet(), other.specs().keySet()));
    }
  }

  private static int samples(SafetensorsFile shard) {
    String samples = shard.metadata().get(FisherExecutor.SAMPLES);
    if (samples == null) {
      throw new IllegalArgumentException("a shard does not say of how many samples it is");
    }
    return Integer.parseInt(samples);
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
