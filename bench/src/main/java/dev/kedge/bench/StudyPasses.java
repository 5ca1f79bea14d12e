package dev.kedge.bench;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.HeadClassification;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.ImageClassification;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.models.train.Learner;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Kedge's own kernels on batches that are in memory: no decoding, no penalty, no optimiser, no
 * files. What the numbers are does not matter to the time.
 */
final class StudyPasses implements AutoCloseable {
  /** full, lp-ft, l1, l2, kd-logits and kd-features: all of them train the whole tower. */
  static final int METHODS = 6;

  private final Scope scope = Scope.plain();
  private final SmallClip small;
  private final int batch;
  private final Weights all;
  private final Weights moved;
  private final Weights head;
  private final ImageClassification whole;
  private final HeadClassification headAlone = new HeadClassification(HeadForm.LINEAR);
  private final Map<Integer, LabelledBatch> pictures = new HashMap<>();
  private final Map<Integer, LabelledBatch> features = new HashMap<>();

  /** Random weights. */
  StudyPasses(SmallClip small, int batch) throws IOException {
    this.small = small;
    this.batch = batch;
    this.whole = new ImageClassification(new Clip(small.config()), HeadForm.LINEAR);
    Weights start = small.weights(scope);
    this.moved =
        Autograd.leaves(
            scope, start.only(start.names().stream().filter(SmallClip::trains).toList()));
    this.all = start.with(moved);
    this.head = moved.only(moved.names().stream().filter(HeadForm::holds).toList());
  }

  /** What is slow only the first time. */
  void warmUp() {
    train(3 * batch, 1);
    forward(3 * batch);
    probe(3 * batch, 1);
  }

  /** Forward and backward passes of all epochs. */
  void train(int samples, int epochs) {
    for (int epoch = 0; epoch < epochs; epoch++) {
      inBatches(samples, size -> back(whole, pictures(size), moved));
    }
  }

  /** The features once, then all epochs of the head on them. */
  void probe(int samples, int epochs) {
    forward(samples);
    for (int epoch = 0; epoch < epochs; epoch++) {
      inBatches(samples, size -> back(headAlone, features(size), head));
    }
  }

  /** Forward passes, to the logits. */
  void forward(int samples) {
    inBatches(
        samples,
        size -> {
          try (Scope now = Scope.plain()) {
            whole.outputs(now, all, pictures(size)).predictions().logits(now);
          }
        });
  }

  /** What is done with a batch of a size. */
  private interface Pass {
    void of(int size);
  }

  private void inBatches(int samples, Pass pass) {
    for (int from = 0; from < samples; from += batch) {
      pass.of(Math.min(batch, samples - from));
    }
  }

  private void back(Learner<LabelledBatch> learner, LabelledBatch inputs, Weights at) {
    try (Scope tape = Scope.recording()) {
      Tensor loss = learner.loss(tape, learner.outputs(tape, all, inputs), inputs);
      Autograd.gradients(tape, loss, at.all());
    }
  }

  private LabelledBatch pictures(int size) {
    return pictures.computeIfAbsent(size, count -> small.noise(scope, count));
  }

  private LabelledBatch features(int size) {
    return features.computeIfAbsent(
        size,
        count -> {
          int projection = small.projection();
          float[] values = Noise.normal(count * projection, 2);
          return small.labelled(scope, Tensor.of(scope, values, count, projection), count);
        });
  }

  @Override
  public void close() {
    scope.close();
  }
}
