package dev.kedge.gateway.experiments;

import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.gateway.registry.DatasetRegistry;
import dev.kedge.gateway.registry.ModelRegistry;
import dev.kedge.plan.ChangedFile;
import dev.kedge.plan.PlannedStage;
import dev.kedge.plan.Resolution;
import dev.kedge.v1.ColumnNames;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Fork;
import dev.kedge.v1.ForkExperimentRequest;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Starts experiments, each once whatever is sent twice. */
@ApplicationScoped
public class Launching {
  private static final int LONGEST_REQUEST_ID = 200;

  private final ExperimentStore experiments;
  private final ModelRegistry models;
  private final DatasetRegistry datasets;
  private final ExperimentControl control;

  Launching(
      ExperimentStore experiments,
      ModelRegistry models,
      DatasetRegistry datasets,
      ExperimentControl control) {
    this.experiments = experiments;
    this.models = models;
    this.datasets = datasets;
    this.control = control;
  }

  /** Validates everything, keeps the record, starts the workflow. */
  public Experiment launch(LaunchExperimentRequest request) {
    ProjectName project = ProjectName.parse(request.getParent());
    return once(
        project,
        request.getRequestId(),
        () ->
            draft(
                request.getDisplayName(),
                request.getSpec(),
                new StoreCatalog(project, models, datasets)),
        known -> known.getSpec().equals(request.getSpec()));
  }

  /**
   * Starts an experiment like another.
   *
   * @throws Refusal with every problem of the changes, or of the file that they make
   */
  public Experiment fork(ForkExperimentRequest request) {
    ExperimentName source = ExperimentName.parse(request.getName());
    return once(
        new ProjectName(source.project()),
        request.getRequestId(),
        () -> fork(experiments.get(source), request),
        known -> known.getFork().equals(lineage(request)));
  }

  private Experiment.Builder fork(Experiment source, ForkExperimentRequest request) {
    ChangedFile changed = ChangedFile.of(source.getSpec(), request.getChangesMap());
    Submission.refuse(changed.problems());
    var catalog =
        new StoreCatalog(
            new ProjectName(ExperimentName.parse(source.getName()).project()),
            models,
            datasets,
            Resolution.of(source).without(changed.texts()));
    return draft(title(source, request), changed.spec(), catalog).setFork(lineage(request));
  }

  private static Fork lineage(ForkExperimentRequest request) {
    return Fork.newBuilder()
        .setExperiment(request.getName())
        .putAllChanges(request.getChangesMap())
        .build();
  }

  /** Another than the source's: a title that two have names neither. */
  private static String title(Experiment source, ForkExperimentRequest request) {
    if (!request.getDisplayName().isEmpty() || source.getDisplayName().isEmpty()) {
      return request.getDisplayName();
    }
    return source.getDisplayName() + " (fork)";
  }

  private Experiment once(
      ProjectName project,
      String requestId,
      Supplier<Experiment.Builder> draft,
      Predicate<Experiment> isWhatIsAskedFor) {
    requireRequestId(requestId);
    Experiment launched =
        experiments
            .launchedBy(project.project(), requestId)
            .orElseGet(
                () ->
                    experiments.create(
                        project.project(),
                        ExperimentIds.at(Instant.now()),
                        draft.get().setRequestId(requestId)));
    if (!isWhatIsAskedFor.test(launched)) {
      throw Refusal.wrongState(
          "REQUEST_ID_USED",
          "'%s' was the request id of %s, which is another experiment: give this one a new id"
              .formatted(requestId, launched.getName()));
    }
    if (launched.getState() == Experiment.State.PENDING) {
      control.start(ExperimentName.parse(launched.getName()));
    }
    return Waiting.told(launched);
  }

  private static Experiment.Builder draft(String title, ExperimentSpec spec, StoreCatalog catalog) {
    Submission submission = Submission.of(title, spec, catalog);
    Experiment.Builder draft =
        Experiment.newBuilder()
            .setDisplayName(title)
            .setSpec(spec)
            .setState(Experiment.State.PENDING)
            .putAllResolved(submission.resolution().digests())
            .putAllFormats(submission.resolution().formats())
            .putAllShares(submission.resolution().shares());
    submission
        .resolution()
        .columns()
        .forEach((reference, names) -> draft.putColumns(reference, columns(names)));
    submission.plan().stages().forEach(stage -> draft.addStages(waiting(stage)));
    return draft;
  }

  private static ColumnNames columns(Map<String, String> sources) {
    return ColumnNames.newBuilder().putAllSources(sources).build();
  }

  private static Stage waiting(PlannedStage stage) {
    return Stage.newBuilder()
        .setId(stage.id())
        .setKind(stage.kind().name())
        .setState(Stage.State.WAITING)
        .addAllNeeds(stage.needs())
        .addAllAfter(stage.after())
        .build();
  }

  private static void requireRequestId(String requestId) {
    if (requestId.isBlank() || requestId.length() > LONGEST_REQUEST_ID) {
      throw Refusal.invalid(
          "REQUEST_ID_INVALID",
          "request_id",
          "a launch needs a request id of 1 to %d characters that is new for each experiment, for"
                  .formatted(LONGEST_REQUEST_ID)
              + " example a UUID");
    }
  }
}
