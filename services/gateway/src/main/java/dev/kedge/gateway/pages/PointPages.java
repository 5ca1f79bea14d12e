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
import dev.kedge.stage.v1.Input;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.ModelVersion;
import dev.kedge.v1.Report;
import dev.kedge.v1.Stage;
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
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
    String recommended = recommended(report, numbers.point());
    Map<PointOrigin.Candidate, String> own = digests(experiment, origin);
    List<ModelVersion> models =
        visit.call(
            "ListModels",
            "projects/" + project,
            () ->
                checkpoints.versions(
                    new ProjectName(project), artifacts(recommended, own.values())));
    return Templates.point(
        frames.of(project, "experiments"),
        new PointPageView(
            ExperimentView.of(experiment),
            numbers,
            origin,
            own.entrySet().stream()
                .map(one -> CandidateView.of(one.getKey(), one.getValue(), models))
                .toList(),
            recommended,
            models));
  }

  /** Digest of the files that hold what is recommended; empty of any other point. */
  private static String recommended(Report report, TradeOffPoint point) {
    return point.getRecommended() && !report.getRecommendedCheckpoint().isEmpty()
        ? CheckpointName.parse(report.getRecommendedCheckpoint()).artifact().toString()
        : "";
  }

  /** By candidate the digest of its files, if it is one stage's output as it is, or the base. */
  private static Map<PointOrigin.Candidate, String> digests(
      Experiment experiment, PointOrigin origin) {
    Map<String, String> made =
        experiment.getStagesList().stream()
            .collect(Collectors.toMap(Stage::getId, Stage::getArtifact));
    Map<PointOrigin.Candidate, String> digests = new LinkedHashMap<>();
    for (PointOrigin.Candidate candidate : origin.candidates()) {
      Input files = candidate.recipe().getCheckpoint();
      digests.put(
          candidate,
          files.hasStage() ? made.getOrDefault(files.getStage(), "") : files.getArtifact());
    }
    return digests;
  }

  private static Set<String> artifacts(String recommended, Collection<String> own) {
    Set<String> artifacts = new HashSet<>(own);
    artifacts.add(recommended);
    artifacts.remove("");
    return artifacts;
  }
}
