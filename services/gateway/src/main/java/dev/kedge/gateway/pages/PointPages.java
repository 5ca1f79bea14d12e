package dev.kedge.gateway.pages;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.experiments.Experiments;
import dev.kedge.gateway.experiments.PointOrigin;
import dev.kedge.gateway.experiments.PointOrigins;
import dev.kedge.gateway.experiments.Reports;
import dev.kedge.gateway.name.CheckpointName;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.report.page.PointView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** Points of reports, where the marks of the trade-off plane lead. */
@Path("/projects/{project}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class PointPages {
  private final Visit visit;
  private final Frames frames;
  private final Experiments experiments;
  private final Reports reports;
  private final PointOrigins origins;
  private final CheckpointViews checkpoints;

  PointPages(
      Visit visit,
      Frames frames,
      Experiments experiments,
      Reports reports,
      PointOrigins origins,
      CheckpointViews checkpoints) {
    this.visit = visit;
    this.frames = frames;
    this.experiments = experiments;
    this.reports = reports;
    this.origins = origins;
    this.checkpoints = checkpoints;
  }

  /** A point: its numbers, and how it was made. */
  @GET
  @Path("experiments/{experiment}/points")
  public TemplateInstance point(
      @PathParam("project") String project,
      @PathParam("experiment") String id,
      @QueryParam("label") @DefaultValue("") String label) {
    String name = ExperimentPages.name(project, id);
    GetReportRequest request = GetReportRequest.newBuilder().setName(name).build();
    Report report = visit.call("GetReport", name, () -> reports.get(request).getReport());
    PointView numbers =
        PointView.of(report, label)
            .orElseThrow(
                () ->
                    Failures.toStatus(
                        Refusal.notFound(
                            "POINT_NOT_FOUND",
                            "the report of %s has no point `%s`".formatted(name, label))));
    Experiment experiment = visit.call("GetExperiment", name, () -> experiments.get(name));
    PointOrigin origin = origins.of(experiment, numbers.point());
    String checkpoint = checkpoint(experiment, report, numbers.point(), origin).orElse("");
    return Templates.point(
        frames.of(project, "experiments"),
        new PointPageView(
            ExperimentView.of(experiment),
            numbers,
            origin,
            checkpoint,
            checkpoint.isEmpty()
                ? List.of()
                : checkpoints.versions(new ProjectName(project), checkpoint)));
  }

  /** What is recommended is in files, and so is what is one stage's output as it is. */
  private static Optional<String> checkpoint(
      Experiment experiment, Report report, TradeOffPoint point, PointOrigin origin) {
    if (point.getRecommended() && !report.getRecommendedCheckpoint().isEmpty()) {
      return Optional.of(
          CheckpointName.parse(report.getRecommendedCheckpoint()).artifact().toString());
    }
    if (origin.candidates().size() != 1) {
      return Optional.empty();
    }
    var made = origin.candidates().get(0).recipe().getCheckpoint();
    return made.hasStage()
        ? experiment.getStagesList().stream()
            .filter(stage -> stage.getId().equals(made.getStage()))
            .map(stage -> stage.getArtifact())
            .filter(artifact -> !artifact.isEmpty())
            .findFirst()
        : Optional.of(made.getArtifact()).filter(artifact -> !artifact.isEmpty());
  }
}
