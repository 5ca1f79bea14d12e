package dev.kedge.plan;

import dev.kedge.stage.v1.AverageSpec;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.ReportSpec;
import dev.kedge.stage.v1.SelectSpec;
import dev.kedge.stage.v1.SelectionRule;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.v1.Average;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.NewModel;
import java.util.List;
import java.util.Optional;

/** Makes the plan of an experiment: its stages, in an order in which they could run. */
public final class Planner {
  private final ExperimentSpec spec;
  private final Resolution resolution;
  private final Stages stages = new Stages();
  private final Datasets datasets;
  private final Task task;
  private final FisherStages fishers;

  private Planner(ExperimentSpec spec, Resolution resolution) {
    this.spec = spec;
    this.resolution = resolution;
    this.datasets = new Datasets(spec, resolution, stages);
    this.task = Task.of(spec, datasets);
    this.fishers = new FisherStages(spec, datasets, task, stages);
  }

  /**
   * The plan of a file.
   *
   * @param title the report's title
   * @param spec a file in which {@link ExperimentRules} find no problem
   * @param resolution the digests of everything that the file names
   */
  public static Plan plan(String title, ExperimentSpec spec, Resolution resolution) {
    return new Planner(spec, resolution).plan(title);
  }

  /**
   * The plan that an experiment's record follows. One that was begun before plans compared data has
   * rows, and none for that, and ends as it began.
   */
  public static Plan plan(Experiment record) {
    Plan plan = plan(record.getDisplayName(), record.getSpec(), Resolution.of(record));
    boolean isBegun = record.getStagesCount() > 0;
    boolean compares =
        record.getStagesList().stream().anyMatch(row -> row.getId().equals(OverlapStage.ID));
    return isBegun && !compares ? plan.withoutOverlap() : plan;
  }

  private Plan plan(String title) {
    // What is learnt from, chosen by and reported is compared; a base alone is only reported on.
    Optional<Input> overlap =
        BaseAlone.isIn(spec)
            ? Optional.empty()
            : Optional.of(stages.gate(OverlapStage.ID, new OverlapStage(spec, datasets).stage()));
    Optional<Input> base = base();
    TrainStages training =
        new TrainStages(
            spec,
            datasets,
            task,
            stages,
            fishers,
            this::start,
            base,
            resolution.family(spec.getBase()));
    List<Trained> runs = training.add();
    Study study = study(base, runs);
    var report = ReportSpec.newBuilder().setTitle(title).addAllImportances(fishers.importances());
    overlap.ifPresent(report::setOverlap);
    if (Suites.canSelect(spec)) {
      Input selection = select(study);
      Input recommended = average(selection);
      report.setSelection(selection).setRecommended(recommended);
    } else if (runs.size() == 1) {
      // With a single checkpoint there is nothing to choose.
      report.setRecommended(runs.get(0).checkpoint());
    }
    report.setStudy(study);
    stages.add("report", StageSpec.newBuilder().setReport(report).build());
    return stages.plan();
  }

  /** The model that everything is compared with; a new model has none. */
  private Optional<Input> base() {
    if (!spec.hasBase()) {
      return Optional.empty();
    }
    Input model = imported();
    return Optional.of(
        task instanceof Task.Classifying classifying ? zeroShot(model, classifying) : model);
  }

  private Input imported() {
    return Input.newBuilder().setArtifact(resolution.digest(spec.getBase())).build();
  }

  private Input zeroShot(Input model, Task.Classifying classifying) {
    return stages.add(
        "train-base",
        StageSpec.newBuilder()
            .setTrain(
                TrainSpec.newBuilder()
                    .setBase(model)
                    .setClassification(classifying.untrained())
                    .setOptimisation(Optimisations.none(spec))
                    .setMethod(
                        MethodSpec.newBuilder()
                            .setZeroShot(MethodSpec.ZeroShot.getDefaultInstance())))
            .build());
  }

  private void start(TrainSpec.Builder train) {
    if (spec.hasBase()) {
      train.setBase(imported());
    } else {
      newModel(train, spec.getNewModel());
    }
  }

  private static void newModel(TrainSpec.Builder train, NewModel model) {
    if (model.hasLanguage()) {
      train.setNewLanguageModel(Architectures.language(model.getLanguage()));
    } else {
      train.setNewClip(Architectures.clip(model.getClip()));
    }
  }

  private Study study(Optional<Input> base, List<Trained> runs) {
    var study =
        new StudyBuilder(
            stages,
            Suites.studied(spec),
            tests(),
            new Searches(spec, stages, task, tests()),
            new FisherMeans(fishers));
    base.ifPresent(study::addBase);
    Optional<Recipe> start = base.map(Recipes::checkpoint);
    for (Trained trained : runs) {
      study.addRun(trained, start, ofEachRun(trained.run().method()));
    }
    addAverages(study, start, runs);
    return study.build(reference(runs));
  }

  private EvaluateSpec tests() {
    return EvaluateSpec.newBuilder()
        .addAllSuites(Suites.evaluated(spec, datasets, task))
        .setThreads(Optimisations.threads(spec.getTraining()))
        .setDevice(Optimisations.device(spec))
        .build();
  }

  private List<Average> ofEachRun(String method) {
    return spec.getAveragesList().stream()
        .filter(average -> Averaging.of(average).isOfEachRun())
        .filter(average -> average.getOfList().contains(method))
        .toList();
  }

  private void addAverages(StudyBuilder study, Optional<Recipe> base, List<Trained> runs) {
    for (Average average : spec.getAveragesList()) {
      if (!Averaging.of(average).isOfEachRun()) {
        average
            .getOfList()
            .forEach(
                method -> study.addAverage(method, base, average, members(average, method, runs)));
      }
    }
  }

  /** The runs of a method that an average is made of: all, unless it names some. */
  private static List<Trained> members(Average average, String method, List<Trained> runs) {
    return runs.stream()
        .filter(one -> one.run().method().equals(method))
        .filter(one -> !average.hasLinear() || average.getLinear().containsWeights(one.run().id()))
        .toList();
  }

  /** The others are compared with full fine-tuning, at its first grid point. */
  private static String reference(List<Trained> runs) {
    return runs.stream()
        .map(Trained::run)
        .filter(run -> run.spec().hasFull())
        .map(Run::label)
        .findFirst()
        .orElse("");
  }

  private Input select(Study study) {
    double points =
        spec.getSelection().hasWithinPointsOfBestSpeciality()
            ? spec.getSelection().getWithinPointsOfBestSpeciality()
            : 1;
    var select =
        SelectSpec.newBuilder()
            .setStudy(study.toBuilder().clearNeeded())
            .setRule(SelectionRule.newBuilder().setWithinPointsOfBestSpeciality(points));
    return stages.add("select", StageSpec.newBuilder().setSelect(select).build());
  }

  private Input average(Input selection) {
    var average = AverageSpec.newBuilder().setSelection(selection);
    return stages.add("recommended", StageSpec.newBuilder().setAverage(average).build());
  }
}
