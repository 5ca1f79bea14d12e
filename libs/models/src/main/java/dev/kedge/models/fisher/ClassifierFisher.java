package dev.kedge.models.fisher;

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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The diagonal Fisher information of a classifier of images: the mean over samples of the squared
 * gradient of log p(label), for every weight of the image side and of a linear head; or of log
 * p(caption | image), where the captions stand in the head's place and have none.
 *
 * <p>Per-sample gradients come from what goes into each part and from the gradient at its output,
 * out of one backward pass over the batch (Goodfellow, "Efficient per-example gradient
 * computations", 2015). Units: nat² per squared unit of the weight.
 */
public final class ClassifierFisher implements RunningSums {
  private static final String SAMPLES = "samples";

  private final Scope scope = Scope.plain();
  private final Clip clip;
  private final Weights weights;
  private final FisherLabels labels;
  private final List<String> head;
  private final Sums sums;
  private int samples;

  /**
   * Starts from nothing.
   *
   * @param weights the model's and the head's; must outlive this
   */
  public ClassifierFisher(Clip clip, Weights weights, FisherLabels labels) {
    this(clip, weights, HeadForm.LINEAR.names(), labels);
  }

  /**
   * @param head the head's tensors that have an information of their own; none where it is fixed
   */
  private ClassifierFisher(Clip clip, Weights weights, List<String> head, FisherLabels labels) {
    this.clip = clip;
    this.labels = labels;
    this.head = head;
    List<String> names = new ArrayList<>(ClipTensors.vision(clip.config()).keySet());
    names.addAll(head);
    this.sums = Sums.zeros(scope, weights, names);
    this.weights = weights.with(recorded(weights));
  }

  /**
   * Starts from nothing, by log p(caption | image) over captions that are fixed: {@code
   * exp(logit_scale)} and the text tower count as constants.
   *
   * @param weights the model's and its captions' as {@link HeadForm#LINEAR} makes them into a head;
   *     must outlive this
   */
  public static ClassifierFisher ofCaptions(Clip clip, Weights weights, FisherLabels labels) {
    return new ClassifierFisher(clip, weights, List.of(), labels);
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
    try (Scope tape = Scope.recording()) {
      ImageTrace trace = clip.traceImage(tape, weights, batch.inputs());
      Tensor unit = Clip.unit(tape, trace.features());
      Tensor logits = HeadForm.LINEAR.logits(tape, weights, trace.features());
      List<ImageTrace.Part> parts = new ArrayList<>(trace.parts());
      if (!head.isEmpty()) {
        parts.add(new ImageTrace.Affine(HeadForm.ROWS, unit, logits));
      }
      int rounds = labels.rounds(Math.toIntExact(logits.shape()[1]));
      var rows = new FisherLabels.Rows(logits, batch.labels(), ones(tape, batch.size()), samples);
      for (int round = 0; round < rounds; round++) {
        addSquares(labels.likelihood(tape, rows, round), parts);
      }
    }
    samples += batch.size();
  }

  /** Every sample counts once. */
  private static Tensor ones(Scope tape, int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return Tensor.of(tape, ones, size);
  }

  private void addSquares(Tensor likelihood, List<ImageTrace.Part> parts) {
    SquaredGradients squares = new SquaredGradients(sums.tensors());
    try (Scope now = Scope.plain()) {
      List<Tensor> outputs = parts.stream().map(ImageTrace.Part::output).toList();
      List<Tensor> gradients = Autograd.retainedGradients(now, likelihood, outputs);
      for (int i = 0; i < parts.size(); i++) {
        squares.add(now, parts.get(i), gradients.get(i));
      }
    }
  }

  @Override
  public int samples() {
    return samples;
  }

  @Override
  public void write(Path file) throws IOException {
    sums.write(file, Map.of(SAMPLES, (long) samples));
  }

  @Override
  public void restore(Path file) throws IOException {
    samples = Math.toIntExact(sums.restore(file).get(SAMPLES));
  }

  @Override
  public MemoryTensors mean() {
    return sums.mean(samples);
  }

  @Override
  public void close() {
    scope.close();
  }
}
