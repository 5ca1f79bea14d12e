package dev.kedge.plan;

import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The training runs of a plan, and the stages that they alone need. */
final class TrainStages {
  private final ExperimentSpec spec;
  private final Datasets datasets;
  private final Task task;
  private final Stages stages;
  private final Consumer<TrainSpec.Builder> start;
  private final Optional<Input> base;
  private final String family;
  private final FeatureStages features;
  private final FisherStages fishers;
  private final List<Trained> trained = new ArrayList<>();

  /**
   * Runs without stages yet.
   *
   * @param start writes where the weights start into a run
   * @param base what is protected; a new model has none
   * @param family the base's, may be empty
   */
  TrainStages(
      ExperimentSpec spec,
      Datasets datasets,
      Task task,
      Stages stages,
      FisherStages fishers,
      Consumer<TrainSpec.Builder> start,
      Optional<Input> base,
      String family) {
    this.spec = spec;
    this.datasets = datasets;
    this.task = task;
    this.stages = stages;
    this.fishers = fishers;
    this.start = start;
    this.base = base;
    this.family = family;
    this.features = new FeatureStages(stages);
  }

  /** Adds all runs, full fine-tuning before those that are measured by it; in the file's order. */
  List<Trained> add() {
    Runs.full(spec).ifPresent(this::add);
    spec.getMethodsList().stream()
        .filter(method -> !Runs.full(spec).equals(Optional.of(method)))
        .forEach(this::add);
    return spec.getMethodsList().stream().flatMap(method -> of(method.getId()).stream()).toList();
  }

  private void add(Method method) {
    for (Run run : Runs.of(method, spec, OfRun::new)) {
      trained.add(new Trained(run, train(run)));
    }
  }

  private List<Trained> of(String method) {
    return trained.stream().filter(one -> one.run().method().equals(method)).toList();
  }

  private Input train(Run run) {
    TrainSpec.Builder train =
        TrainSpec.newBuilder().setOptimisation(run.optimisation()).setMethod(run.spec());
    start.accept(train);
    task.describe(train);
    features.supply(train);
    return stages.add("train-" + run.id(), StageSpec.newBuilder().setTrain(train).build());
  }

  /** What one run takes from the plan. */
  private final class OfRun implements MethodInputs {
    private final Optimisation optimisation;

    OfRun(Optimisation optimisation) {
      this.optimisation = optimisation;
    }

    @Override
    public Input fisher(Method.Ewc ewc, boolean ownHead) {
      return fishers.ofBase(Information.of(ewc), ewc.getCalibration(), base.orElseThrow(), ownHead);
    }

    @Override
    public boolean isLanguage() {
      return Languages.isLanguage(spec);
    }

    @Override
    public String family() {
      return family;
    }

    @Override
    public DatasetPart all(String dataset) {
      return datasets.all(dataset);
    }

    @Override
    public DatasetPart validation() {
      return task.validation().orElseThrow().getData();
    }

    @Override
    public Input fullRun() {
      return of(Runs.full(spec).orElseThrow().getId()).stream()
          .filter(full -> isTwin(full.run().optimisation()))
          .findFirst()
          .orElseThrow()
          .checkpoint();
    }

    private boolean isTwin(Optimisation full) {
      return full.getLearningRate() == optimisation.getLearningRate()
          && full.getSeed() == optimisation.getSeed();
    }
  }
}
