package dev.kedge.models.fisher;

import static dev.kedge.models.fisher.SquaredGradients.KERNELS;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.clip.ImageTrace;
import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.tensors.MemoryTensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The empirical diagonal Fisher information of a classifier: the mean over samples of the squared
 * gradient of log p(label), for every weight of the image side and of a linear head.
 *
 * <p>Per-sample gradients come from what goes into each part and from the gradient at its output,
 * out of one backward pass over the batch (Goodfellow, "Efficient per-example gradient
 * computations", 2015). Units: nat² per squared unit of the weight.
 */
public final class EmpiricalFisher implements AutoCloseable {
  private final Scope scope = Scope.plain();
  private final Clip clip;
  private final Weights weights;
  private final SquaredGradients squares;
  private int samples;

  /**
   * Starts from nothing.
   *
   * @param weights the model's and the head's; must outlive this
   */
  public EmpiricalFisher(Clip clip, Weights weights) {
    this.clip = clip;
    List<String> names = new ArrayList<>(ClipTensors.vision(clip.config()).keySet());
    names.addAll(HeadForm.LINEAR.names());
    Map<String, Tensor> sums = new LinkedHashMap<>();
    names.forEach(name -> sums.put(name, zeros(weights.get(name).shape())));
    this.squares = new SquaredGradients(new Weights(sums));
    this.weights = weights.with(recorded(weights));
  }

  private Tensor zeros(long[] shape) {
    return Tensor.of(scope, new float[Math.toIntExact(Tensor.count(shape))], shape);
  }

  /** One differentiated weight at the very start makes autograd record all that follows. */
  private Weights recorded(Weights plain) {
    Weights start = plain.only(List.of(ClipTensors.POSITIONS));
    return Autograd.leaves(scope, start);
  }

  /**
   * Adds a batch.
   *
   * @param batch images {@code [batch, channels, height, width]} with their labels; memory grows
   *     with the batch times the largest weight
   */
  public void add(LabelledBatch batch) {
    try (Scope tape = Scope.recording();
        Scope now = Scope.plain()) {
      ImageTrace trace = clip.traceImage(tape, weights, batch.inputs());
      Tensor unit = Clip.unit(tape, trace.features());
      Tensor logits = HeadForm.LINEAR.logits(tape, weights, trace.features());
      List<ImageTrace.Part> parts = new ArrayList<>(trace.parts());
      parts.add(new ImageTrace.Affine(HeadForm.ROWS, unit, logits));
      Tensor likelihood = KERNELS.tensor(tape, "log_likelihood", logits, batch.labels());
      List<Tensor> outputs = parts.stream().map(ImageTrace.Part::output).toList();
      List<Tensor> gradients = Autograd.gradients(tape, likelihood, outputs);
      for (int i = 0; i < parts.size(); i++) {
        squares.add(now, parts.get(i), gradients.get(i));
      }
    }
    samples += batch.size();
  }

  /** Number of samples so far. */
  public int samples() {
    return samples;
  }

  /**
   * The mean over all samples, by weight.
   *
   * @throws IllegalStateException if there was no sample
   */
  public MemoryTensors mean() {
    if (samples == 0) {
      throw new IllegalStateException("a Fisher information needs at least one sample");
    }
    MemoryTensors mean = new MemoryTensors();
    for (String name : squares.sums().names()) {
      Tensor sum = squares.sums().get(name);
      float[] values = sum.floats();
      for (int i = 0; i < values.length; i++) {
        values[i] /= samples;
      }
      mean.put(name, values, sum.shape());
    }
    return mean;
  }

  @Override
  public void close() {
    scope.close();
  }
}
