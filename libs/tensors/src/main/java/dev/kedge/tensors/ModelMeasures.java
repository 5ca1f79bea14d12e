package dev.kedge.tensors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What recipes depend on beyond one tensor: measures of the whole model, each made once. */
final class ModelMeasures {
  private final CheckpointSet checkpoints;
  private final Layers layers;
  private final OrderedWork work;
  private final Arena.Pool arenas;
  private final Map<Object, Double> known;

  /**
   * Measures of a model.
   *
   * @param known those that were made before, to which others are added
   */
  ModelMeasures(
      CheckpointSet checkpoints, OrderedWork work, Arena.Pool arenas, Map<Object, Double> known) {
    this.known = known;
    this.checkpoints = checkpoints;
    this.layers = checkpoints.layers();
    this.work = work;
    this.arenas = arenas;
  }

  CheckpointSet checkpoints() {
    return checkpoints;
  }

  Layers layers() {
    return layers;
  }

  /** A measure's sum over one tensor. Chunks are added in order, whoever computed them. */
  double[] sum(Formula formula, Measure measure) throws IOException {
    Total total = new Total();
    work.run(
        OrderedWork.Feed.of(Chunk.of(formula.spec())),
        chunk -> arenas.use(arena -> measure.of(new Evaluation(formula, chunk, arena))),
        total::add);
    return total.sums;
  }

  /** The magnitude that a share of all elements of a task vector reaches. */
  float threshold(TaskVector vector, double density) throws IOException {
    List<Object> key = List.of(vector.base().mixture(), vector.tuned().mixture(), density);
    Double threshold = known.get(key);
    if (threshold == null) {
      List<TensorSpec> tensors = floating();
      long elements = tensors.stream().mapToLong(TensorSpec::elements).sum();
      threshold =
          (double)
              Threshold.of(
                  upper -> histogram(vector, tensors, upper), Threshold.kept(elements, density));
      known.put(key, threshold);
    }
    return threshold.floatValue();
  }

  /** The mean over all elements of a Fisher diagonal. */
  double mean(String fisher) throws IOException {
    Double mean = known.get(fisher);
    if (mean == null) {
      mean = meanOf(fisher);
      known.put(fisher, mean);
    }
    return mean;
  }

  private double[] histogram(TaskVector vector, List<TensorSpec> tensors, int upper)
      throws IOException {
    Total total = new Total();
    for (TensorSpec spec : tensors) {
      Derivation tensor = new Derivation(spec, this);
      total.add(tensor.histogram(vector.at(tensor), upper));
    }
    return total.sums;
  }

  private double meanOf(String fisher) throws IOException {
    double sum = 0;
    long elements = 0;
    for (TensorSpec spec : floating()) {
      Derivation tensor = new Derivation(spec, this);
      if (tensor.covered(fisher)) {
        sum += tensor.magnitude(Mixture.of(fisher));
        elements += spec.elements();
      }
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException(
          "the Fisher diagonal " + fisher + " is 0 everywhere; it cannot be normalised");
    }
    return sum / elements;
  }

  private List<TensorSpec> floating() {
    List<TensorSpec> floating = new ArrayList<>(checkpoints.specs().values());
    floating.removeIf(spec -> !spec.dtype().floating() || spec.elements() == 0);
    return floating;
  }

  /** A running sum of arrays. */
  private static final class Total {
    private double[] sums;

    void add(double[] more) {
      if (sums == null) {
        sums = more;
        return;
      }
      for (int i = 0; i < more.length; i++) {
        sums[i] += more[i];
      }
    }
  }
}
