package dev.kedge.gateway.pages;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.experiments.PointOrigins;
import dev.kedge.gateway.experiments.Reports;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.gateway.name.StageName;
import dev.kedge.gateway.registry.Checkpoints;
import dev.kedge.gateway.registry.ModelRegistry;
import dev.kedge.store.Digest;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.File;
import dev.kedge.v1.ModelVersion;
import dev.kedge.v1.Report;
import dev.kedge.v1.Stage;
import dev.kedge.v1.TradeOffPoint;
import io.grpc.Status;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What became of the models that stages made: for whoever may see the stages. */
@ApplicationScoped
public class CheckpointViews {
  /** Of what is missing, spoilt, or written by a newer Kedge. */
  private static final Set<Status.Code> UNREADABLE =
      Set.of(Status.Code.NOT_FOUND, Status.Code.DATA_LOSS, Status.Code.FAILED_PRECONDITION);

  private final Checkpoints checkpoints;
  private final ModelRegistry models;
  private final Reports reports;
  private final PointOrigins origins;

  CheckpointViews(
      Checkpoints checkpoints, ModelRegistry models, Reports reports, PointOrigins origins) {
    this.checkpoints = checkpoints;
    this.models = models;
    this.reports = reports;
    this.origins = origins;
  }

  /** A stage's; none where it makes no model, or has not made it yet. */
  Optional<CheckpointView> of(ExperimentView view, Stage stage) {
    if (!isModel(stage) || stage.getState() != Stage.State.SUCCEEDED) {
      return Optional.empty();
    }
    ProjectName project = new ProjectName(StageName.parse(stage.getName()).experiment().project());
    return Optional.of(
        new CheckpointView(
            stage.getArtifact(),
            files(project, Digest.parse(stage.getArtifact())),
            view.isReported() ? points(view.experiment(), stage) : Optional.of(List.of()),
            versions(project, Set.of(stage.getArtifact()))));
  }

  /** Whether a stage's output is a model. */
  static boolean isModel(Stage stage) {
    return switch (stage.getKind()) {
      case "TRAIN", "AVERAGE" -> true;
      default -> false;
    };
  }

  private List<File> files(ProjectName project, Digest artifact) {
    String name = project + "/checkpoints/" + artifact.hex();
    return ifReadable(() -> checkpoints.get(name).getFilesList()).orElse(List.of());
  }

  /** Nothing where it is lost or spoilt, and the page shows the rest. */
  private static <T> Optional<T> ifReadable(Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (RuntimeException e) {
      if (UNREADABLE.contains(Failures.toStatus(e).getStatus().getCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Versions that have one of these artifacts' files. */
  List<ModelVersion> versions(ProjectName project, Set<String> artifacts) {
    return artifacts.isEmpty() ? List.of() : models.withFiles(project, artifacts);
  }

  /** Nobody takes the report with them: it is read as the experiment is. */
  private Optional<List<String>> points(Experiment experiment, Stage stage) {
    return ifReadable(() -> reports.of(experiment))
        .map(report -> points(report, experiment, stage));
  }

  private List<String> points(Report report, Experiment experiment, Stage stage) {
    Set<String> candidates = origins.candidatesOf(experiment, stage.getId());
    return report.getPointsList().stream()
        .filter(
            point ->
                !Collections.disjoint(point.getCandidatesList(), candidates)
                    || isRecommended(report, point, stage))
        .map(TradeOffPoint::getLabel)
        .toList();
  }

  private static boolean isRecommended(Report report, TradeOffPoint point, Stage stage) {
    String hex = Digest.parse(stage.getArtifact()).hex();
    return point.getRecommended() && report.getRecommendedCheckpoint().endsWith("/" + hex);
  }
}
