package dev.kedge.gateway.pages;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.experiments.Comparisons;
import dev.kedge.gateway.experiments.Experiments;
import dev.kedge.v1.CompareExperimentsRequest;
import dev.kedge.v1.Experiment;
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
  private final Comparisons comparisons;

  ComparePages(Visit visit, Frames frames, Experiments experiments, Comparisons comparisons) {
    this.visit = visit;
    this.frames = frames;
    this.experiments = experiments;
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
    Experiment first = experiment(project, ids.get(0));
    Experiment second = experiment(project, ids.get(1));
    // The list is newest first; what came of a change is read from the left.
    boolean isInOrder = launched(first) <= launched(second);
    CompareExperimentsRequest request =
        CompareExperimentsRequest.newBuilder()
            .setName((isInOrder ? first : second).getName())
            .setOther((isInOrder ? second : first).getName())
            .build();
    return Templates.compare(
        frames.of(project, "experiments"),
        new ComparisonView(
            visit.call(
                "CompareExperiments", request.getName(), () -> comparisons.compare(request))));
  }

  private Experiment experiment(String project, String id) {
    String name = ExperimentPages.name(project, id);
    return visit.call("GetExperiment", name, () -> experiments.get(name));
  }

  private static long launched(Experiment experiment) {
    return experiment.getCreateTime().getSeconds();
  }
}
