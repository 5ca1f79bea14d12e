package dev.kedge.training;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.stage.v1.MethodSpec.Ewc.Normalise;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The artifact of a FISHER stage: the importance of every weight. */
final class FisherFile {
  static final String NAME = "fisher.safetensors";

  private FisherFile() {}

  /** The importance of some weights, scaled as asked. */
  static Weights read(Path folder, Scope scope, List<String> names, Normalise normalise)
      throws IOException {
    try (SafetensorsFile fisher = SafetensorsFile.open(folder.resolve(NAME))) {
      return normalise == Normalise.MEAN_ONE
          ? Weights.read(scope, withMeanOne(fisher, names), names)
          : Weights.read(scope, fisher, names);
    }
  }

  private static MemoryTensors withMeanOne(TensorSource fisher, List<String> names)
      throws IOException {
    double mean = mean(fisher, names);
    MemoryTensors scaled = new MemoryTensors();
    for (String name : names) {
      float[] values = fisher.floats(name);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (values[i] / mean);
      }
      scaled.put(name, values, fisher.spec(name).dimensions());
    }
    return scaled;
  }

  private static double mean(TensorSource fisher, List<String> names) throws IOException {
    double sum = 0;
    long count = 0;
    for (String name : names) {
      for (float value : fisher.floats(name)) {
        sum += value;
        count++;
      }
    }
    if (sum == 0) {
      throw new IllegalArgumentException(
          "the Fisher information is 0 everywhere: normalise MEAN_ONE needs calibration data that"
              + " the model is not sure of");
    }
    return sum / count;
  }
}
