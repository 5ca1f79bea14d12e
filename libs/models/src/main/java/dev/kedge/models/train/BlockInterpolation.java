package dev.kedge.models.train;

import static dev.kedge.models.train.TrainingKernels.KERNELS;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;
import java.util.Map;

/**
 * {@link AdaptiveAverage} at work: θ_k = anchor + (r_k − ρ) · Δ_k in block k. The gradient for a
 * ratio is that for the weights along the way that it takes them, ∂L/∂r_k = ⟨∂L/∂θ_k, Δ_k⟩.
 *
 * @param anchor the weights at ρ
 */
record BlockInterpolation(AdaptiveAverage average, Weights anchor) implements Parametrisation {
  @Override
  public Weights start(Scope scope) {
    float[] scores = new float[average.count()];
    return scores(Tensor.of(scope, scores, scores.length));
  }

  @Override
  public List<String> derived() {
    return List.copyOf(anchor.names());
  }

  @Override
  public Weights derive(Scope scope, Weights trained) {
    List<Double> ratios = average.ratios(trained);
    double rho = average.ratios().rho();
    return average.shifted(scope, anchor, name -> ratios.get(average.blocks().get(name)) - rho);
  }

  @Override
  public Weights pullBack(Scope scope, Weights trained, Weights gradients) {
    double[] atRatios = new double[average.count()];
    for (String name : gradients.names()) {
      Tensor difference = average.differences().get(name);
      atRatios[average.blocks().get(name)] +=
          KERNELS.tensor(scope, "dot", gradients.get(name), difference).number();
    }
    float[] scores = trained.get(AdaptiveAverage.SCORES).floats();
    double[] atScores = average.ratios().pullBack(scores, atRatios);
    float[] values = new float[atScores.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) atScores[k];
    }
    return scores(Tensor.of(scope, values, values.length));
  }

  private static Weights scores(Tensor values) {
    return new Weights(Map.of(AdaptiveAverage.SCORES, values));
  }
}
