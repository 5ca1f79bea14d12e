package dev.kedge.gateway.pages;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.experiments.Experiments;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Limits;
import dev.kedge.v1.ResumeExperimentRequest;
import dev.kedge.v1.RetryStageRequest;
import dev.kedge.v1.SkipStageRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;

/** What is done to experiments by the forms of their pages; each leads back to the page. */
@Path("/projects/{project}")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Blocking
public class Operating {
  private static final String SET = "set.";
  private static final String WAS = "was.";

  private final Visit visit;
  private final Experiments experiments;

  Operating(Visit visit, Experiments experiments) {
    this.visit = visit;
    this.experiments = experiments;
  }

  /** Begins no further stage. */
  @POST
  @Path("experiments/{experiment}/pause")
  public Response pause(
      @PathParam("project") String project, @PathParam("experiment") String experiment) {
    String name = ExperimentPages.name(project, experiment);
    return done(visit.call("PauseExperiment", name, () -> experiments.pause(name)));
  }

  /** Goes on. */
  @POST
  @Path("experiments/{experiment}/resume")
  public Response resume(
      @PathParam("project") String project,
      @PathParam("experiment") String experiment,
      @FormParam("finish_within_hours") @DefaultValue("") String finishWithinHours,
      @FormParam("compute_hours") @DefaultValue("") String computeHours) {
    String name = ExperimentPages.name(project, experiment);
    Limits.Builder limits = Limits.newBuilder();
    set("finish_within_hours", finishWithinHours, limits::setFinishWithinHours);
    set("compute_hours", computeHours, limits::setComputeHours);
    ResumeExperimentRequest request =
        ResumeExperimentRequest.newBuilder().setName(name).setLimits(limits).build();
    return done(visit.call("ResumeExperiment", name, () -> experiments.resume(request)));
  }

  private static void set(String field, String text, DoubleConsumer to) {
    if (text.isBlank()) {
      return;
    }
    try {
      to.accept(Double.parseDouble(text.strip()));
    } catch (NumberFormatException e) {
      throw Failures.toStatus(
          Refusal.invalid("LIMITS_INVALID", field, "%s: `%s` is no number".formatted(field, text)));
    }
  }

  /** Stops for good. */
  @POST
  @Path("experiments/{experiment}/cancel")
  public Response cancel(
      @PathParam("project") String project, @PathParam("experiment") String experiment) {
    String name = ExperimentPages.name(project, experiment);
    return done(visit.call("CancelExperiment", name, () -> experiments.cancel(name)));
  }

  /** Runs a stage again; those of the form's fields count that differ from what was shown. */
  @POST
  @Path("experiments/{experiment}/stages/{stage}/retry")
  public Response retry(
      @PathParam("project") String project,
      @PathParam("experiment") String experiment,
      @PathParam("stage") String stage,
      MultivaluedMap<String, String> form) {
    String name = ExperimentPages.name(project, experiment);
    RetryStageRequest request =
        RetryStageRequest.newBuilder()
            .setName(name + "/stages/" + stage)
            .putAllChanges(changes(form))
            .build();
    return done(visit.call("RetryStage", request.getName(), () -> experiments.retry(request)));
  }

  private static Map<String, String> changes(MultivaluedMap<String, String> form) {
    Map<String, String> changes = new TreeMap<>();
    form.forEach(
        (field, values) -> {
          if (field.startsWith(SET)) {
            String path = field.substring(SET.length());
            String value = values.get(0).strip();
            if (!value.equals(form.getFirst(WAS + path))) {
              changes.put(path, value);
            }
          }
        });
    return changes;
  }

  /** Gives a stage up. */
  @POST
  @Path("experiments/{experiment}/stages/{stage}/skip")
  public Response skip(
      @PathParam("project") String project,
      @PathParam("experiment") String experiment,
      @PathParam("stage") String stage) {
    String name = ExperimentPages.name(project, experiment);
    SkipStageRequest request =
        SkipStageRequest.newBuilder().setName(name + "/stages/" + stage).build();
    return done(visit.call("SkipStage", request.getName(), () -> experiments.skip(request)));
  }

  private static Response done(Experiment now) {
    return Response.seeOther(URI.create("/" + now.getName())).build();
  }
}
