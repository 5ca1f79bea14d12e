package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds λ Σ mean ‖f − f0‖² to the loss, summed over the features of all layers and the last ones
 * (Mukhoti et al., "Fine-tuning can cripple your foundation model; preserving features may be the
 * solution", 2023).
 *
 * @param lambda λ, at least 0
 */
public record Ldifs(double lambda) implements Distillation {
  @Override
  public Tensor term(Scope scope, Outputs student, Outputs teacher) {
    if (student.layers().isEmpty() || student.layers().size() != teacher.layers().size()) {
      throw new IllegalArgumentException(
          "ldifs compares layers, of which the student gives %d and the teacher %d; a teacher of"
                  .formatted(student.layers().size(), teacher.layers().size())
              + " stored features cannot teach it");
    }
    return TrainingKernels.KERNELS.tensor(
        scope, "layer_distance", all(student), all(teacher), lambda);
  }

  private static List<Tensor> all(Outputs outputs) {
    List<Tensor> all = new ArrayList<>(outputs.layers());
    all.add(outputs.features());
    return all;
  }
}
