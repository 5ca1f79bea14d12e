package dev.kedge.gateway.pages;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.experiments.Experiments;
import dev.kedge.gateway.experiments.Reports;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.Report;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Two experiments side by side. */
@Path("/projects/{project}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ComparePages {
  private final Visit visit;
  private final Frames frames;
  private final Experiments experiments;
  private final Reports reports;

  ComparePages(Visit visit, Frames frames, Experiments experiments, Reports reports) {
    this.visit = visit;
    this.frames = frames;
    this.experiments = experiments;
    this.reports = reports;
  }

  /** Those that were chosen in the list. */
  @GET
  @Path("compare")
  public TemplateInstance compare(
      @PathParam("project") String project, @QueryParam("experiment") List<String> ids) {
    if (ids.size() != 2) {
      throw Failures.toStatus(
          Refusal.invalid(
              "COMPARED_NOT_TWO",
              "experiment",
              "%d experiments are chosen: choose two in the list".formatted(ids.size())));
    }
    ExperimentView first = view(project, ids.get(0));
    ExperimentView second = view(project, ids.get(1));
    // The list is newest first; what came of a change is read from the left.
    boolean isInOrder = launched(first) <= launched(second);
    ExperimentView a = isInOrder ? first : second;
    ExperimentView b = isInOrder ? second : first;
    return Templates.compare(
        frames.of(project, "experiments"), ComparisonView.of(a, report(a), b, report(b)));
  }

  private ExperimentView view(String project, String id) {
    String name = ExperimentPages.name(project, id);
    return ExperimentView.of(visit.call("GetExperiment", name, () -> experiments.get(name)));
  }

  private static long launched(ExperimentView view) {
    return view.experiment().getCreateTime().getSeconds();
  }

  private Report report(ExperimentView view) {
    String name = view.experiment().getName();
    return visit.call(
        "GetReport",
        name,
        () -> reports.get(GetReportRequest.newBuilder().setName(name).build()).getReport());
  }
}
