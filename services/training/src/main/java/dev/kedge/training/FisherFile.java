package dev.kedge.training;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.tensors.FisherDiagonal;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The artifact of a FISHER stage: the importance of every weight. */
final class FisherFile {
  private FisherFile() {}

  /**
   * The importance of some weights, scaled and clipped as asked. Weights that the file does not
   * know, as a head of an information by captions, are left out.
   *
   * @throws IllegalArgumentException if it knows none of them
   */
  static Weights read(Path folder, Scope scope, List<String> names, MethodSpec.Ewc ewc)
      throws IOException {
    try (SafetensorsFile fisher = FisherDiagonal.open(folder)) {
      List<String> known = names.stream().filter(fisher.specs()::containsKey).toList();
      if (known.isEmpty()) {
        throw new IllegalArgumentException(
            "the Fisher information is of another model: it knows none of the weights that train");
      }
      Scaling scaling = scaling(fisher, known, ewc);
      Map<String, Tensor> scaled = new LinkedHashMap<>();
      for (String name : known) {
        float[] values = scaling.of(notNegative(name, fisher.floats(name)));
        scaled.put(name, Tensor.of(scope, values, fisher.spec(name).dimensions()));
      }
      return new Weights(scaled);
    }
  }

  /**
   * {@code min(F, most) / divisor}.
   *
   * @param most infinite for no clipping
   */
  private record Scaling(double most, double divisor) {
    float[] of(float[] values) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (Math.min(values[i], most) / divisor);
      }
      return values;
    }
  }

  private static float[] notNegative(String name, float[] values) {
    for (float value : values) {
      if (!(value >= 0)) {
        throw new IllegalArgumentException(
            "the Fisher information of '%s' has the value %s, which is no mean of squares: take it again"
                .formatted(name, value));
      }
    }
    return values;
  }

  private static Scaling scaling(TensorSource fisher, List<String> names, MethodSpec.Ewc ewc)
      throws IOException {
    boolean meanOne = ewc.getNormalise() == MethodSpec.Ewc.Normalise.MEAN_ONE;
    boolean clips = ewc.getClip() > 0;
    double unclipped = Double.POSITIVE_INFINITY;
    double most = clips ? ewc.getClip() * mean(fisher, names, unclipped) : unclipped;
    return new Scaling(most, meanOne ? mean(fisher, names, most) : 1);
  }

  /** Of the values after clipping. */
  private static double mean(TensorSource fisher, List<String> names, double most)
      throws IOException {
    double sum = 0;
    long count = 0;
    for (String name : names) {
      for (float value : fisher.floats(name)) {
        sum += Math.min(value, most);
        count++;
      }
    }
    if (sum == 0) {
      throw new IllegalArgumentException(
          "the Fisher information is 0 everywhere: normalise MEAN_ONE and clip need calibration"
              + " data that the model is not sure of");
    }
    return sum / count;
  }
}
