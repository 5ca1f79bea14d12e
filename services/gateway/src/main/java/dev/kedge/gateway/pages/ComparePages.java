package dev.kedge.gateway.pages;

import dev.kedge.gateway.AuditTrail;
import dev.kedge.gateway.Failures;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.experiments.Comparisons;
import dev.kedge.v1.CompareExperimentsRequest;
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
  private final Comparisons comparisons;

  ComparePages(Visit visit, Frames frames, Comparisons comparisons) {
    this.visit = visit;
    this.frames = frames;
    this.comparisons = comparisons;
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
    CompareExperimentsRequest request =
        CompareExperimentsRequest.newBuilder()
            .setName(ExperimentPages.name(project, ids.get(0)))
            .setOther(ExperimentPages.name(project, ids.get(1)))
            .build();
    // The list is newest first; what came of a change is read from the left.
    return Templates.compare(
        frames.of(project, "experiments"),
        new ComparisonView(
            visit.call(
                "CompareExperiments",
                request.getName(),
                AuditTrail.subject(request),
                () -> comparisons.compareInTime(request))));
  }
}
